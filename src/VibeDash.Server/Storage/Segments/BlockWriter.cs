using System.Buffers;
using System.Buffers.Binary;

namespace VibeDash.Server.Storage.Segments;

/// <summary>Writes the numbers of a block, one after the other, into memory that is used again for the next. Not thread-safe.</summary>
internal sealed class BlockWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>Starts anew.</summary>
    public void Clear() => _buffer.ResetWrittenCount();

    /// <summary>Writes one byte.</summary>
    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    /// <summary>Writes a number that is rarely large: seven bits a byte, the lowest first (LEB128).</summary>
    public void Number(ulong value)
    {
        var span = _buffer.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        _buffer.Advance(length);
    }

    /// <summary>Writes a number that is rarely far from 0: the sign becomes the lowest bit (zigzag).</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Writes eight bytes.</summary>
    public void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.GetSpan(sizeof(double)), value);
        _buffer.Advance(sizeof(double));
    }

    /// <summary>Writes bytes as they are.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    /// <summary>Room for up to <paramref name="length"/> bytes; say with <see cref="Advance"/> how many were taken.</summary>
    public Span<byte> Room(int length) => _buffer.GetSpan(length);

    /// <summary>See <see cref="Room"/>.</summary>
    public void Advance(int length) => _buffer.Advance(length);
}
