namespace VibeDash.Core.Contract;

/// <summary>A topic whose messages no source reads.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Messages">Messages on it since it was first seen.</param>
/// <param name="LastAt">Server time of the last message.</param>
/// <param name="Nearest">Topic filter of the source that is most like it; null when none is like it.</param>
public sealed record UnreadTopic(string Topic, long Messages, DateTimeOffset LastAt, string? Nearest)
{
    /// <summary>Maximum number of topics kept for a broker; beyond it, the one not seen for the longest time is forgotten.</summary>
    public const int Maximum = 20;
}
