using System.Net;
using System.Net.Sockets;
using MQTTnet.Server;

namespace VibeDash.Server.Ingestion;

/// <summary>
/// The server's own MQTT broker, so that a first run needs nothing else. Its sensors are answered after the commit of what they sent:
/// <see cref="EmbeddedBrokerChannel"/>.
/// </summary>
internal sealed class EmbeddedBroker(
    BrokerConnection connection, EventQueue queue, IHostApplicationLifetime lifetime)
    : IHostedService, IDisposable
{
    private readonly BrokerOptions _options = connection.Options;
    private MqttServer? _server;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var port = _options.Port == 0 ? FreePort(_options.ListenAddress) : _options.Port;
        var factory = new MqttServerFactory();
        var serverOptions = factory.CreateServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointPort(port)
            .WithDefaultEndpointBoundIPAddress(IPAddress.Parse(_options.ListenAddress))
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .Build();
        _server = factory.CreateMqttServer(
            serverOptions,
            factory.DefaultServerAdapters.Select(create => new EmbeddedBrokerAdapter(
                create(factory), accepted => new EmbeddedBrokerChannel(accepted, queue, connection, lifetime.ApplicationStopping))));
        _server.ClientConnectedAsync += _ => Changed(+1);
        _server.ClientDisconnectedAsync += _ => Changed(-1);
        try
        {
            await _server.StartAsync();
        }
        catch (SocketException fault)
        {
            throw new StartupException(
                $"The embedded broker cannot listen on {_options.ListenAddress}:{port} ({fault.Message}); set {_options.Key}:Port to a free port, or {_options.Key}:Host to use the broker that is there.", fault);
        }

        connection.Address = $"{_options.ListenAddress}:{port}";
        connection.Listening();
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

    private Task Changed(int clients)
    {
        connection.ClientsChanged(clients);
        return Task.CompletedTask;
    }

    private static int FreePort(string address)
    {
        using var probe = new TcpListener(IPAddress.Parse(address), 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
