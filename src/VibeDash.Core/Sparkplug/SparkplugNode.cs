namespace VibeDash.Core.Sparkplug;

/// <summary>State of an edge node. Not thread-safe.</summary>
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

    /// <summary>Its online devices, by the device part of their sensor ids.</summary>
    public Dictionary<string, SparkplugOwner> Devices { get; } = new(StringComparer.Ordinal);

    /// <summary>bdSeq of its birth, which a matching death repeats; null when unknown.</summary>
    public ulong? BirthDeathSequence { get; private set; }

    /// <summary>True from a missed message until its next birth.</summary>
    public bool NeedsBirth { get; set; }

    /// <summary>True when neither it nor a device is online.</summary>
    public bool IsDead => Own is null && Devices.Count == 0;

    /// <summary>Number of its metrics, including devices.</summary>
    public int Count => (Own?.Count ?? 0) + Devices.Values.Sum(device => device.Count);

    /// <summary>Records its birth; births of its devices follow.</summary>
    public void Bear(SparkplugOwner own, ulong? birthDeathSequence, ulong? sequence)
    {
        Devices.Clear();
        (Own, BirthDeathSequence, NeedsBirth) = (own, birthDeathSequence, false);
        _next = sequence is { } number and < Numbers ? (int)(number + 1) % Numbers : null;
    }

    /// <summary>Records its death and that of its devices.</summary>
    public void Die()
    {
        Devices.Clear();
        (Own, NeedsBirth, _next) = (null, false, null);
    }

    /// <summary>Records the sequence number of a message and detects missing messages before it.</summary>
    /// <param name="sequence">The sequence number, or null.</param>
    /// <param name="redelivered">True for a possible redelivery.</param>
    public void Follow(ulong? sequence, bool redelivered)
    {
        if (_next is not { } next)
            return;
        if (sequence is not { } number || number >= Numbers)
        {
            NeedsBirth = true;
            return;
        }

        // Redelivery after a lost connection starts before messages already received.
        if (redelivered && (next - 1 - (int)number + Numbers) % Numbers < Numbers / 2)
            return;
        NeedsBirth |= (int)number != next;
        _next = ((int)number + 1) % Numbers;
    }
}
