using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using MQTTnet.Channel;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>A connection whose other end is the test.</summary>
internal sealed class ScriptedSocket : IMqttChannel
{
    private readonly Channel<byte[]> _incoming = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<byte[]> _written = Channel.CreateUnbounded<byte[]>();

    private ReadOnlyMemory<byte> _rest;

    public X509Certificate2 ClientCertificate => null!;

    public EndPoint RemoteEndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 1);

    public EndPoint LocalEndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 2);

    public bool IsSecureConnection => false;

    /// <summary>What was written, a write at a time.</summary>
    public ChannelReader<byte[]> Written => _written.Reader;

    /// <summary>Lets the next read find <paramref name="bytes"/>.</summary>
    public void Give(params byte[] bytes) => _incoming.Writer.TryWrite(bytes);

    /// <summary>Ends the connection after what was given.</summary>
    public void End() => _incoming.Writer.TryComplete();

    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DisconnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => End();

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_rest.IsEmpty)
        {
            if (!await _incoming.Reader.WaitToReadAsync(cancellationToken) || !_incoming.Reader.TryRead(out var bytes))
                return 0;
            _rest = bytes;
        }

        var read = Math.Min(count, _rest.Length);
        _rest[..read].CopyTo(buffer.AsMemory(offset));
        _rest = _rest[read..];
        return read;
    }

    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
    {
        _written.Writer.TryWrite(buffer.ToArray());
        return Task.CompletedTask;
    }
}
