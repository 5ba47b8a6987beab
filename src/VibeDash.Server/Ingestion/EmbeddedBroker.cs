using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using MQTTnet.Server;
using VibeDash.Core.Live;
using VibeDash.Server.Operations;

namespace VibeDash.Server.Ingestion;

/// <summary>
/// The server's own MQTT broker, so that a first run needs nothing else. Its sensors are answered after the commit of what they sent:
/// <see cref="EmbeddedBrokerChannel"/>.
/// </summary>
internal sealed class EmbeddedBroker(
    EventQueue queue,
    TopicSources sources,
    EmbeddedBrokerConnections connections,
    IOptions<BrokerOptions> options,
    ServerHealth health,
    TimeProvider time,
    IHostApplicationLifetime lifetime)
    : IHostedService, IDisposable
{
    private readonly BrokerOptions _options = options.Value;
    private MqttServer? _server;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var adapter = new EmbeddedBrokerAdapter(
            new(IPAddress.Parse(_options.ListenAddress), _options.Port),
            connections,
            (accepted, socket) => new(accepted, socket, connections, queue, sources, time, lifetime.ApplicationStopping),
            time);
        var factory = new MqttServerFactory();
        var serverOptions = factory.CreateServerOptionsBuilder()
            .WithDefaultCommunicationTimeout(EmbeddedBrokerLimits.ConnectPatience)
            .WithMaxPendingMessagesPerClient(EmbeddedBrokerLimits.WaitingMessages)
            .Build();
        serverOptions.PendingMessagesOverflowStrategy = MqttPendingMessagesOverflowStrategy.DropOldestQueuedMessage;
        _server = factory.CreateMqttServer(serverOptions, [adapter]);
        try
        {
            await _server.StartAsync();
        }
        catch (SocketException fault)
        {
            throw new StartupException(
                $"The embedded broker cannot listen on {_options.ListenAddress}:{_options.Port} ({fault.Message}); set Broker:Port to a free port, or Broker:Host to use the broker that is there.", fault);
        }

        health.EmbeddedBroker = true;
        health.BrokerAddress = $"{adapter.Address}";
        health.PublishExample = PublishExample.For(_options, sources, health.BrokerAddress);
        health.SetBroker(BrokerState.Connected);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // What senders have got no answer for by now, they send again.
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await server.StopAsync();
            server.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _server?.Dispose();
}
