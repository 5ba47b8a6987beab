using System.Net;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Protocol;
using VibeDash.Core.Readings;
using VibeDash.Demo.Events;
using VibeDash.Server.Mqtt;

namespace VibeDash.Server.Hosting;

/// <summary>Simulated fleet that publishes to the embedded broker like real sensors, so that the pages show readings before a sensor is connected.</summary>
internal sealed partial class DemoFleet(BrokerConnections brokers, IOptions<DemoOptions> options, TimeProvider time, ILogger<DemoFleet> logger) : BackgroundService
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MinimumPause = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan MaximumPause = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
            return;
        if (brokers.Embedded is not { } embedded)
        {
            LogNotHere();
            return;
        }

        var connect = ConnectOptions(IPEndPoint.Parse(embedded.Address));
        using var client = new MqttClientFactory().CreateMqttClient();
        LogStarted();
        await foreach (var due in new SimulatedFleet().Schedule(time.GetUtcNow(), rate: SimulatedFleet.DemoSize).DueAsync(time, stoppingToken))
            await PublishAsync(client, connect, due, stoppingToken);
    }

    /// <summary>Publishes until the broker has acknowledged all events. An event published twice has the same id, so it is stored once.</summary>
    private async Task PublishAsync(IMqttClient client, MqttClientOptions connect, IReadOnlyList<VibrationEvent> events, CancellationToken stoppingToken)
    {
        for (var pause = MinimumPause; ; pause = pause * 2 < MaximumPause ? pause * 2 : MaximumPause)
        {
            try
            {
                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                timeout.CancelAfter(Timeout);
                if (!client.IsConnected)
                    await client.ConnectAsync(connect, timeout.Token);

                // Concurrently: the embedded broker acknowledges after the commit, and on a slow disk one commit per event would fall behind.
                await Task.WhenAll(events.Select(vibrationEvent => client.PublishAsync(Message(vibrationEvent), timeout.Token)));
                return;
            }
            catch (Exception fault)
            {
                // MQTTnet reports a cancelled publish as a timeout.
                stoppingToken.ThrowIfCancellationRequested();
                LogConnectionLost(fault.GetBaseException().Message.TrimEnd('.'), pause);
            }

            // A broker that did not answer in time may still keep the connection open.
            await client.TryDisconnectAsync();
            await Task.Delay(pause, time, stoppingToken);
        }
    }

    private static MqttClientOptions ConnectOptions(IPEndPoint broker)
    {
        var address = broker.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : broker.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : broker.Address;
        return new MqttClientOptionsBuilder().WithTcpServer(address.ToString(), broker.Port).WithClientId($"demo-{Guid.NewGuid():N}").WithTimeout(Timeout).Build();
    }

    private static MqttApplicationMessage Message(VibrationEvent vibrationEvent) => new MqttApplicationMessageBuilder()
        .WithTopic(EventTopic.Of(vibrationEvent.Reading.SensorId))
        .WithPayload(EventPayload.Write(vibrationEvent))
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .Build();

    [LoggerMessage(LogLevel.Information, "Simulated fleet started; Demo:Enabled=false disables it")]
    private partial void LogStarted();

    [LoggerMessage(LogLevel.Warning, "Demo:Enabled has no effect with an external broker: the simulated fleet publishes only to the embedded broker")]
    private partial void LogNotHere();

    [LoggerMessage(LogLevel.Debug, "Simulated fleet is not connected to the embedded broker: {Reason}. Next attempt in {Pause}")]
    private partial void LogConnectionLost(string reason, TimeSpan pause);
}
