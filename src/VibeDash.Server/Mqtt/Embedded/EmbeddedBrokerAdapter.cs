using System.Net;
using System.Net.Sockets;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Server;

namespace VibeDash.Server.Mqtt.Embedded;

/// <summary>
/// Accepts the connections of the embedded broker, as many as it may have. In place of the library's own, which has no bound on their number, on what
/// a packet may announce, nor on how long a client may take.
/// </summary>
internal sealed class EmbeddedBrokerAdapter(
    IPEndPoint address, EmbeddedBrokerConnections connections, Func<IMqttChannelAdapter, EmbeddedBrokerSocket, EmbeddedBrokerChannel> wrap, TimeProvider time)
    : IMqttServerAdapter
{
    private const int Backlog = 512;

    // When the system has no more handles to give.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Socket _listener = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
    private Task _accepting = Task.CompletedTask;

    /// <inheritdoc/>
    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    /// <summary>Where it listens, once started.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    /// <inheritdoc/>
    /// <exception cref="SocketException">The address cannot be listened on.</exception>
    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _listener.Bind(address);
        _listener.Listen(Backlog);
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
                connections.Ended("a client", $"it cannot be accepted: {fault.Message}");
                await Task.Delay(Pause, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ServeAsync(Socket accepted, MqttServerOptions options, IMqttNetLogger logger)
    {
        try
        {
            using var socket = new EmbeddedBrokerSocket(accepted, connections.LongMessages, time);
            if (!connections.TryAdd(socket))
            {
                connections.Ended($"{socket.RemoteEndPoint}", $"there are {EmbeddedBrokerLimits.Connections:N0} connections.");
                return;
            }

            try
            {
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
            // The connection is of no use any more; the next one is.
            accepted.Dispose();
            connections.Ended("a client", fault.Message);
        }
    }
}
