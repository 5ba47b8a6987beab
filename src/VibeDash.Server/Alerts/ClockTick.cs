using VibeDash.Server.Ingestion;

namespace VibeDash.Server.Alerts;

/// <summary>A second has passed: silences are judged, and what has run out ends.</summary>
/// <param name="now">Server time.</param>
/// <param name="listeningSince">See <see cref="LoopState.ListeningSince"/>.</param>
internal sealed class ClockTick(DateTimeOffset now, DateTimeOffset? listeningSince) : WorkItem
{
    /// <summary>Server time.</summary>
    public DateTimeOffset Now => now;

    /// <summary>Since when nothing that was sent can have been missed; null while something may be.</summary>
    public DateTimeOffset? ListeningSince => listeningSince;

    /// <inheritdoc/>
    public override void Committed()
    {
    }
}
