using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Packets;
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
    private Task _following = Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var wills = new EmbeddedBrokerWills(intake, connection.Sources, lifetime.ApplicationStopping);
        var tls = _options.HasTls ? new EmbeddedBrokerTls(_options, connection, time, logger) : null;
        EmbeddedBrokerAdapter[] adapters = tls is not null && _options.TlsPort is { } tlsPort
            ? [Adapter(_options.Port, null), Adapter(tlsPort, tls)]
            : [Adapter(_options.Port, tls)];
        var factory = new MqttServerFactory();
        var serverOptions = factory.CreateServerOptionsBuilder()
            .WithDefaultCommunicationTimeout(EmbeddedBrokerLimits.ConnectTimeout)
            .WithMaxPendingMessagesPerClient(EmbeddedBrokerLimits.WaitingMessages)
            .Build();
        serverOptions.PendingMessagesOverflowStrategy = MqttPendingMessagesOverflowStrategy.DropOldestQueuedMessage;
        _server = factory.CreateMqttServer(serverOptions, adapters);
        _server.ClientConnectedAsync += _ => Changed(+1);
        _server.ClientDisconnectedAsync += _ => Changed(-1);
        _server.InterceptingPublishAsync += wills.PublishAsync;
        try
        {
            await _server.StartAsync();
        }
        catch (SocketException fault)
        {
            // They start one after the other.
            var failed = adapters.First(adapter => !adapter.IsListening);
            var (port, key) = failed == adapters[0] ? (_options.Port, nameof(BrokerOptions.Port)) : (_options.TlsPort, nameof(BrokerOptions.TlsPort));
            throw new StartupException(
                $"The embedded broker cannot listen on {_options.ListenAddress}:{port} ({fault.Message}); set {_options.Key}:{key} to a free port, or {_options.Key}:Host to use the broker that is there.", fault);
        }

        (connection.Address, connection.TlsAddress) = ($"{adapters[0].Address}", adapters.FirstOrDefault(adapter => adapter.IsEncrypted) is { } encrypted ? $"{encrypted.Address}" : null);
        if (_options.IsInClear)
            LogInClear(connection.Address, _options.Key);
        connection.Listening(_options.IsInClear ? [$"On {connection.Address}, keys and readings cross the network in clear, where others can read them: use TLS."] : []);
        _following = tls?.FollowAsync(lifetime.ApplicationStopping) ?? Task.CompletedTask;
        _publishing = PublishAsync(_server);

        EmbeddedBrokerAdapter Adapter(int port, EmbeddedBrokerTls? itsTls) => new(
            new(IPAddress.Parse(_options.ListenAddress), port),
            itsTls,
            connections,
            (accepted, socket) => new(accepted, socket, connections, intake, connection, wills, Admit, signIns, time, lifetime.ApplicationStopping),
            time);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Senders repeat messages that are still unanswered.
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await Task.WhenAll(_publishing, _following);
            await server.StopAsync();
            server.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _server?.Dispose();

    private ClientPermit? Admit(MqttConnectPacket connect, X509Certificate2? certificate) =>
        certificate is null ? ClientPermit.Of(keys, _options.AsksForKeys, connect) : ClientPermit.Of(keys, certificate);

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

    [LoggerMessage(LogLevel.Warning, "The embedded broker asks for keys on {Address} without TLS: they cross the network in clear, where others can read them. Set {Key}:Tls, or {Key}:TlsPort for clients that can use it")]
    private partial void LogInClear(string address, string key);

    [LoggerMessage(LogLevel.Error, "Publishing outbound messages on the embedded broker stopped")]
    private partial void LogPublishFailed(Exception fault);
}
