using System.Net;
using System.Net.Sockets;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Server;

namespace VibeDash.Server.Mqtt.Embedded;

/// <summary>
/// Accepts connections of the embedded broker on one port, up to its limits. Replaces the library's adapter, which limits neither their number, nor the
/// announced length of a packet, nor the time a client may take.
/// </summary>
internal sealed class EmbeddedBrokerAdapter(
    IPEndPoint address,
    EmbeddedBrokerTls? tls,
    EmbeddedBrokerConnections connections,
    Func<IMqttChannelAdapter, EmbeddedBrokerSocket, EmbeddedBrokerChannel> wrap,
    TimeProvider time)
    : IMqttServerAdapter
{
    private const int Backlog = 512;

    // After a failed accept, such as when the system has no more handles.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Socket _listener = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
    private Task _accepting = Task.CompletedTask;

    /// <inheritdoc/>
    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    /// <summary>True when all that is sent is encrypted.</summary>
    public bool IsEncrypted => tls is not null;

    /// <summary>True once started.</summary>
    public bool IsListening { get; private set; }

    /// <summary>Listening address, once started.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    /// <inheritdoc/>
    /// <exception cref="SocketException">The address cannot be listened on.</exception>
    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _listener.Bind(address);
        _listener.Listen(Backlog);
        IsListening = true;
        _accepting = AcceptAsync(options, logger);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        connections.CloseAll();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var accepted = await _listener.AcceptAsync(_stopping.Token);
                _ = Task.Run(() => ServeAsync(accepted, options, logger));
            }
            catch (Exception fault)
            {
                if (_stopping.IsCancellationRequested)
                    return;
                connections.Ended("a client", $"accepting it failed: {fault.Message}");
                await Task.Delay(Pause, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ServeAsync(Socket accepted, MqttServerOptions options, IMqttNetLogger logger)
    {
        var client = "a client";
        try
        {
            client = $"{accepted.RemoteEndPoint}";
            using var socket = new EmbeddedBrokerSocket(accepted, connections.LongMessages, time);
            if (!connections.TryAdd(socket))
            {
                connections.Ended(client, $"the limit of {EmbeddedBrokerLimits.Connections:N0} connections is reached.");
                return;
            }

            try
            {
                await using var encrypted = tls is null ? null : await socket.EncryptAsync(tls);
                var formatter = new MqttPacketFormatterAdapter(new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax));
                using var channel = wrap(new MqttChannelAdapter(socket, formatter, logger), socket);
                if (ClientHandler is { } handler)
                    await handler(channel);
            }
            finally
            {
                connections.Remove(socket);
            }
        }
        catch (Exception fault)
        {
            // This connection is unusable; continue with the next one.
            accepted.Dispose();
            connections.Ended(client, fault.Message);
        }
    }
}
