using System.Buffers;
using System.Buffers.Binary;

namespace VibeDash.Server.Storage.Segments;

/// <summary>Writes the numbers of a block into a reusable buffer. Not thread-safe.</summary>
internal sealed class BlockWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);

    /// <summary>The bytes written.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>Starts a new block.</summary>
    public void Clear() => _buffer.ResetWrittenCount();

    /// <summary>Writes one byte.</summary>
    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    /// <summary>Writes a number that is usually small: seven bits per byte, lowest first (LEB128).</summary>
    public void Number(ulong value)
    {
        var span = _buffer.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        _buffer.Advance(length);
    }

    /// <summary>Writes a number that is usually close to 0: the sign becomes the lowest bit (zigzag).</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Writes eight bytes.</summary>
    public void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.GetSpan(sizeof(double)), value);
        _buffer.Advance(sizeof(double));
    }

    /// <summary>Writes raw bytes.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    /// <summary>A buffer of at least <paramref name="length"/> bytes; report the number used with <see cref="Advance"/>.</summary>
    public Span<byte> Room(int length) => _buffer.GetSpan(length);

    /// <summary>See <see cref="Room"/>.</summary>
    public void Advance(int length) => _buffer.Advance(length);
}
