namespace VibeDash.Core.Sparkplug;

/// <summary>What is known of an edge node. Not thread-safe.</summary>
/// <param name="group">Its group.</param>
/// <param name="name">Its name.</param>
internal sealed class SparkplugNode(string group, string name)
{
    private const int Numbers = 256;

    private int? _next;

    /// <summary>Its group.</summary>
    public string Group => group;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Its own metrics; null before its birth and after its death.</summary>
    public SparkplugOwner? Own { get; private set; }

    /// <summary>Its devices that are born, by the part of their sensors' ids.</summary>
    public Dictionary<string, SparkplugOwner> Devices { get; } = new(StringComparer.Ordinal);

    /// <summary>Number of the birth that a death must name to be its; null when not known.</summary>
    public ulong? BirthDeathSequence { get; private set; }

    /// <summary>True when something of it was missed: until its next birth.</summary>
    public bool NeedsBirth { get; set; }

    /// <summary>True when nothing of it is born.</summary>
    public bool IsDead => Own is null && Devices.Count == 0;

    /// <summary>How many metrics it has, with its devices.</summary>
    public int Count => (Own?.Count ?? 0) + Devices.Values.Sum(device => device.Count);

    /// <summary>It is born, and its devices are to follow.</summary>
    public void Bear(SparkplugOwner own, ulong? birthDeathSequence, ulong? sequence)
    {
        Devices.Clear();
        (Own, BirthDeathSequence, NeedsBirth) = (own, birthDeathSequence, false);
        _next = sequence is { } number and < Numbers ? (int)(number + 1) % Numbers : null;
    }

    /// <summary>It is gone, with its devices.</summary>
    public void Die()
    {
        Devices.Clear();
        (Own, NeedsBirth, _next) = (null, false, null);
    }

    /// <summary>Takes note of the number of a message, and of messages that are missing before it.</summary>
    /// <param name="sequence">The number, or null.</param>
    /// <param name="redelivered">True when the broker may have delivered it before.</param>
    public void Follow(ulong? sequence, bool redelivered)
    {
        if (_next is not { } next)
            return;
        if (sequence is not { } number || number >= Numbers)
        {
            NeedsBirth = true;
            return;
        }

        // What is delivered again after a lost connection begins before what has come already.
        if (redelivered && (next - 1 - (int)number + Numbers) % Numbers < Numbers / 2)
            return;
        NeedsBirth |= (int)number != next;
        _next = ((int)number + 1) % Numbers;
    }
}
