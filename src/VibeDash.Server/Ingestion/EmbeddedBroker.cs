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
internal sealed partial class EmbeddedBroker(
    EventQueue queue, TopicSources sources, IOptions<BrokerOptions> options, ServerHealth health, IHostApplicationLifetime lifetime,
    TimeProvider time, ILogger<EmbeddedBroker> logger)
    : IHostedService, IDisposable
{
    private readonly BrokerOptions _options = options.Value;
    private MqttServer? _server;
    private Task _publishing = Task.CompletedTask;

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

        _publishing = PublishAsync(_server);
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
            await _publishing;
            await server.StopAsync();
            server.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _server?.Dispose();

    /// <summary>Publishes what the sources have to say. A will is not needed: this broker ends with the server.</summary>
    private async Task PublishAsync(MqttServer server)
    {
        try
        {
            foreach (var source in sources.All)
                source.Connected(time.GetUtcNow());
            await Task.WhenAll(sources.All.Select(source => source.Outbox?.PublishAsync(
                (message, cancelled) => server.InjectApplicationMessage(new InjectedMqttApplicationMessage(message.ToMqtt()) { SenderClientId = _options.ClientId }, cancelled),
                lifetime.ApplicationStopping) ?? Task.CompletedTask));
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
        catch (Exception fault)
        {
            LogPublishFailed(fault);
        }
    }

    [LoggerMessage(LogLevel.Error, "The embedded broker does not publish what the server has to say any more")]
    private partial void LogPublishFailed(Exception fault);

    private static int FreePort(string address)
    {
        using var probe = new TcpListener(IPAddress.Parse(address), 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
