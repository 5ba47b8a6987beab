namespace VibeDash.Core.Alerts;

/// <summary>
/// What sends for sensors that send changes only, such as a Sparkplug edge node: while it sends anything, none of them is silent. Not thread-safe.
/// </summary>
/// <param name="name">Its name.</param>
public sealed class Sender(string name)
{
    // Messages for several sensors follow each other at once: they are one.
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(10);

    private DateTimeOffset? _counted;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Server time of its last message.</summary>
    public DateTimeOffset HeardAt { get; set; }

    /// <summary>True after a restart until it is heard: its messages are not all stored.</summary>
    public bool IsEstimated { get; private set; }

    /// <summary>Usual interval between its messages.</summary>
    internal Cadence Cadence { get; } = new();

    /// <summary>A message of it arrived.</summary>
    /// <param name="at">Server time.</param>
    public void Hear(DateTimeOffset at)
    {
        IsEstimated = false;
        if (at > HeardAt)
            HeardAt = at;
        var sinceCounted = at - _counted;
        if (sinceCounted < Together && sinceCounted >= TimeSpan.Zero)
            return;
        if (sinceCounted > TimeSpan.Zero)
            Cadence.Add(sinceCounted.Value.Ticks);
        _counted = at;
    }

    /// <summary>After a restart: when it was last heard, as far as known.</summary>
    /// <param name="at">Server time.</param>
    public void Estimate(DateTimeOffset at) => (HeardAt, IsEstimated) = (at, true);
}
