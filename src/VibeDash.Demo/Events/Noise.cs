namespace VibeDash.Demo.Events;

/// <summary>
/// Random numbers with random access: a number depends on the key and the index only, so a part of the sequence can be produced without the part
/// before it. Immutable, thread-safe.
/// </summary>
/// <param name="key">Selects the sequence; equal keys give equal numbers.</param>
public readonly struct Noise(ulong key)
{
    /// <summary>64 random bits.</summary>
    public ulong Bits(long index) => Mix(key ^ Mix((ulong)index));

    /// <summary>Uniformly distributed, 0 inclusive to 1 exclusive.</summary>
    public double Uniform(long index) => (Bits(index) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Approximately normally distributed: the scaled sum of four uniform numbers, with mean 0, standard deviation 1 and limits of ±3.5.</summary>
    public double Normal(long index)
    {
        var bits = Bits(index);
        var sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return ((sum / 65536.0) - 2) * Math.Sqrt(3);
    }

    /// <summary>An independent sequence.</summary>
    public Noise Branch(long index) => new(Bits(index) + 1);

    // The finaliser of SplitMix64: a bijection in which every input bit changes half of the output bits on average.
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
