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
    EventQueue queue, TopicSources sources, IOptions<BrokerOptions> options, ServerHealth health, IHostApplicationLifetime lifetime)
    : IHostedService, IDisposable
{
    private readonly BrokerOptions _options = options.Value;
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
        var wills = new EmbeddedBrokerWills(queue, sources, lifetime.ApplicationStopping);
        _server = factory.CreateMqttServer(
            serverOptions,
            factory.DefaultServerAdapters.Select(create => new EmbeddedBrokerAdapter(
                create(factory), accepted => new EmbeddedBrokerChannel(accepted, queue, sources, wills, lifetime.ApplicationStopping))));
        _server.InterceptingPublishAsync += wills.PublishAsync;
        try
        {
            await _server.StartAsync();
        }
        catch (SocketException fault)
        {
            throw new StartupException(
                $"The embedded broker cannot listen on {_options.ListenAddress}:{port} ({fault.Message}); set Broker:Port to a free port, or Broker:Host to use the broker that is there.", fault);
        }

        health.EmbeddedBroker = true;
        health.BrokerAddress = $"{_options.ListenAddress}:{port}";
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

    private static int FreePort(string address)
    {
        using var probe = new TcpListener(IPAddress.Parse(address), 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
