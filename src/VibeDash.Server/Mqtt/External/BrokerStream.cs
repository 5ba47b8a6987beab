using System.Net;
using System.Net.Sockets;
using MQTTnet.Channel;

namespace VibeDash.Server.Mqtt.External;

/// <summary>The stream of a connection to a broker, for one attempt: who reads from it through the library leaves an object behind for each read.</summary>
/// <param name="tls">Encrypts it; null when it is not to be encrypted.</param>
/// <param name="bufferSize">Of the socket, each way, in bytes.</param>
internal sealed class BrokerStream(BrokerTls? tls, int bufferSize) : IMqttClientStreamProvider
{
    private Stream? _stream;

    /// <summary>The stream.</summary>
    /// <exception cref="InvalidOperationException">There is none yet.</exception>
    public Stream Stream => _stream ?? throw new InvalidOperationException("Not connected.");

    /// <summary>Connects, not encrypted.</summary>
    public static async Task<NetworkStream> OpenAsync(EndPoint address, int bufferSize, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = bufferSize, SendBufferSize = bufferSize };
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<Stream> ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken) =>
        _stream = tls is null ? await OpenAsync(brokerEndPoint, bufferSize, cancellationToken) : await tls.ConnectAsync(brokerEndPoint, cancellationToken);
}
