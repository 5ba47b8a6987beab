using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace VibeDash.Server.Storage.Segments;

/// <summary>Reads a block of <see cref="BlockWriter"/>. Every method throws <see cref="InvalidDataException"/> when the block is too short.</summary>
/// <param name="block">The block.</param>
internal ref struct BlockReader(ReadOnlySpan<byte> block)
{
    private ReadOnlySpan<byte> _rest = block;

    /// <summary>The unread rest.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte() => Bytes(1)[0];

    public ulong Number()
    {
        var read = 0;
        var value = Number(_rest, ref read);
        _rest = _rest[read..];
        return value;
    }

    /// <summary>Fills <paramref name="sums"/> with the running sums of signed numbers.</summary>
    public void RunningSums(Span<long> sums)
    {
        var block = _rest;
        var (read, sum) = (0, 0L);
        foreach (ref var into in sums)
            into = sum += Signed(Number(block, ref read));
        _rest = block[read..];
    }

    /// <summary>Skips <paramref name="count"/> numbers.</summary>
    public void Skip(int count)
    {
        var read = 0;
        for (; count > 0; count--)
            Number(_rest, ref read);
        _rest = _rest[read..];
    }

    /// <summary>Reads a count of items of at least some bits each; a damaged count must not allocate more memory than the largest block.</summary>
    public int Count()
    {
        var count = Number();
        return count <= ReadingBlock.MaximumCount ? (int)count : throw Damaged();
    }

    public long Signed() => Signed(Number());

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

    // Inlined into the loops: a long range has hundreds of thousands of numbers, most of one or two bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Number(ReadOnlySpan<byte> block, ref int read)
    {
        ulong value = 0;
        for (var shift = 0; read < block.Length && shift < 64; shift += 7)
        {
            var part = block[read++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }

        throw Damaged();
    }

    private static long Signed(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
