using System.Net;
using System.Net.Sockets;
using MQTTnet.Server;
using VibeDash.Server.People;
using VibeDash.Server.Sources;
using VibeDash.Server.Startup;

namespace VibeDash.Server.Mqtt.Embedded;

/// <summary>
/// The embedded MQTT broker, so that a first run needs no other. Messages of sensors are acknowledged after their commit:
/// <see cref="EmbeddedBrokerChannel"/>.
/// </summary>
internal sealed partial class EmbeddedBroker(
    BrokerConnection connection,
    MessageIntake intake,
    EmbeddedBrokerConnections connections,
    KeyBook keys,
    SignIns signIns,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<EmbeddedBroker> logger)
    : IHostedService, IDisposable
{
    private readonly BrokerOptions _options = connection.Options;
    private MqttServer? _server;
    private Task _publishing = Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var wills = new EmbeddedBrokerWills(intake, connection.Sources, lifetime.ApplicationStopping);
        var adapter = new EmbeddedBrokerAdapter(
            new(IPAddress.Parse(_options.ListenAddress), _options.Port),
            connections,
            (accepted, socket) => new(accepted, socket, connections, intake, connection, wills, Admit, signIns, time, lifetime.ApplicationStopping),
            time);
        var factory = new MqttServerFactory();
        var serverOptions = factory.CreateServerOptionsBuilder()
            .WithDefaultCommunicationTimeout(EmbeddedBrokerLimits.ConnectTimeout)
            .WithMaxPendingMessagesPerClient(EmbeddedBrokerLimits.WaitingMessages)
            .Build();
        serverOptions.PendingMessagesOverflowStrategy = MqttPendingMessagesOverflowStrategy.DropOldestQueuedMessage;
        _server = factory.CreateMqttServer(serverOptions, [adapter]);
        _server.ClientConnectedAsync += _ => Changed(+1);
        _server.ClientDisconnectedAsync += _ => Changed(-1);
        _server.InterceptingPublishAsync += wills.PublishAsync;
        try
        {
            await _server.StartAsync();
        }
        catch (SocketException fault)
        {
            throw new StartupException(
                $"The embedded broker cannot listen on {_options.ListenAddress}:{_options.Port} ({fault.Message}); set {_options.Key}:Port to a free port, or {_options.Key}:Host to use the broker that is there.", fault);
        }

        connection.Address = $"{adapter.Address}";
        connection.Listening();
        _publishing = PublishAsync(_server);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Senders repeat messages that are still unanswered.
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await _publishing;
            await server.StopAsync();
            server.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _server?.Dispose();

    private ClientPermit? Admit(MQTTnet.Packets.MqttConnectPacket connect) => ClientPermit.Of(keys, _options.AsksForKeys, connect);

    private Task Changed(int clients)
    {
        connection.ClientsChanged(clients);
        return Task.CompletedTask;
    }

    /// <summary>Publishes the outbound messages of the sources. Needs no will: this broker ends with the server.</summary>
    private async Task PublishAsync(MqttServer server)
    {
        try
        {
            foreach (var source in connection.Sources.All)
                source.Connected(time.GetUtcNow());
            await Task.WhenAll(connection.Sources.All.Select(source => source.Outbound?.PublishAsync(
                (message, cancelled) => server.InjectApplicationMessage(new InjectedMqttApplicationMessage(message.ToMqtt()) { SenderClientId = _options.ClientId }, cancelled),
                lifetime.ApplicationStopping) ?? Task.CompletedTask));
        }
        catch (OperationCanceledException)
        {
            // The server is stopping.
        }
        catch (Exception fault)
        {
            LogPublishFailed(fault);
        }
    }

    [LoggerMessage(LogLevel.Error, "Publishing outbound messages on the embedded broker stopped")]
    private partial void LogPublishFailed(Exception fault);
}
