using System.Net;
using System.Net.Sockets;
using MQTTnet.Channel;

namespace VibeDash.Server.Mqtt.External;

/// <summary>The stream of a connection to a broker, for one attempt. Reading through the library would allocate an object per read.</summary>
/// <param name="tls">Encrypts the stream; null for an unencrypted connection.</param>
/// <param name="bufferSize">Size of the socket's send and receive buffers, in bytes.</param>
internal sealed class BrokerStream(BrokerTls? tls, int bufferSize) : IMqttClientStreamProvider
{
    private Stream? _stream;

    /// <summary>The stream.</summary>
    /// <exception cref="InvalidOperationException">Not connected yet.</exception>
    public Stream Stream => _stream ?? throw new InvalidOperationException("Not connected.");

    /// <summary>Connects without encryption.</summary>
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
