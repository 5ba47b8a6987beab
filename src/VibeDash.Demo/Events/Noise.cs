namespace VibeDash.Demo.Events;

/// <summary>
/// Randomness that can be asked for in any order: a number depends on the key and on the index and on nothing else, so that a
/// stretch in the middle can be produced without what comes before it. Immutable, thread-safe.
/// </summary>
/// <param name="key">Names the sequence; equal keys give equal numbers.</param>
public readonly struct Noise(ulong key)
{
    /// <summary>64 random bits.</summary>
    public ulong Bits(long index) => Mix(key ^ Mix((ulong)index));

    /// <summary>Evenly distributed, 0 inclusive to 1 exclusive.</summary>
    public double Uniform(long index) => (Bits(index) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Mean 0, standard deviation 1, within ±3.5: the sum of four even numbers, which is close enough to a bell.</summary>
    public double Normal(long index)
    {
        var bits = Bits(index);
        var sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return ((sum / 65536.0) - 2) * Math.Sqrt(3);
    }

    /// <summary>An independent sequence.</summary>
    public Noise Branch(long index) => new(Bits(index) + 1);

    // The finaliser of SplitMix64: one to one, every input bit moves half of the output bits.
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
