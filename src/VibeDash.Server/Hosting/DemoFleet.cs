using System.Net;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Protocol;
using VibeDash.Core.Readings;
using VibeDash.Demo.Events;
using VibeDash.Server.Mqtt;

namespace VibeDash.Server.Hosting;

/// <summary>A simulated fleet that publishes to the embedded broker like any sensor, so that the pages show readings before a real sensor is connected.</summary>
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

    /// <summary>Publishes until the broker has answered all events; the id of an event published twice is the same, so it is stored once.</summary>
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

                // All at once: the embedded broker acknowledges after the commit, and on a slow disk a commit for each event would fall behind.
                await Task.WhenAll(events.Select(vibrationEvent => client.PublishAsync(Message(vibrationEvent), timeout.Token)));
                return;
            }
            catch (Exception fault)
            {
                // MQTTnet reports a cancelled publish as a timeout.
                stoppingToken.ThrowIfCancellationRequested();
                LogConnectionLost(fault.GetBaseException().Message.TrimEnd('.'), pause);
            }

            // A broker that did not answer in time may still hold the connection open.
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

    [LoggerMessage(LogLevel.Information, "A simulated fleet is sending; Demo:Enabled=false turns it off")]
    private partial void LogStarted();

    [LoggerMessage(LogLevel.Warning, "Demo:Enabled has no effect with a broker of your own: simulated readings do not belong there")]
    private partial void LogNotHere();

    [LoggerMessage(LogLevel.Debug, "The simulated fleet has no connection to the embedded broker: {Reason}. Next attempt in {Pause}")]
    private partial void LogConnectionLost(string reason, TimeSpan pause);
}
