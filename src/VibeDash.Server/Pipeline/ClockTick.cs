namespace VibeDash.Server.Pipeline;

/// <summary>A second has passed: silences are judged, and what has run out ends.</summary>
/// <param name="now">Server time.</param>
/// <param name="listeningSince">Since when all brokers have been connected; null while one is not.</param>
/// <param name="presentSince">Since when, too, the server has worked on nothing that waited; null while it does, or is not connected.</param>
internal sealed class ClockTick(DateTimeOffset now, DateTimeOffset? listeningSince, DateTimeOffset? presentSince) : WorkItem
{
    /// <summary>Server time.</summary>
    public DateTimeOffset Now => now;

    /// <summary>Since when all brokers have been connected; null while one is not.</summary>
    public DateTimeOffset? ListeningSince => listeningSince;

    /// <summary>Since when, too, the server has worked on nothing that waited; null while it does, or is not connected.</summary>
    public DateTimeOffset? PresentSince => presentSince;

    /// <inheritdoc/>
    public override void Committed()
    {
    }
}
