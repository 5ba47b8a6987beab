using System.Buffers.Binary;

namespace VibeDash.Server.Data.Segments;

/// <summary>Reads what <see cref="BlockWriter"/> wrote. Every method throws <see cref="InvalidDataException"/> where the block ends too early.</summary>
/// <param name="block">The block.</param>
internal ref struct BlockReader(ReadOnlySpan<byte> block)
{
    private ReadOnlySpan<byte> _rest = block;

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte() => Bytes(1)[0];

    public ulong Number()
    {
        ulong value = 0;
        for (var (shift, i) = (0, 0); i < _rest.Length && shift < 64; shift += 7, i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << shift;
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        throw Damaged();
    }

    /// <summary>A count of things that take at least some bits each: a damaged one must not ask for more memory than the largest block has.</summary>
    public int Count()
    {
        var count = Number();
        return count <= ReadingBlock.MaximumCount ? (int)count : throw Damaged();
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(sizeof(double)));

    public ReadOnlySpan<byte> Bytes(int length)
    {
        if (length > _rest.Length)
            throw Damaged();
        var bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }

    public static InvalidDataException Damaged() => new("A block of the history is damaged.");
}
