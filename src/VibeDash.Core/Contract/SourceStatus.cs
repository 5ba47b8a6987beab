namespace VibeDash.Core.Contract;

/// <summary>A configured source of messages. Counts are since the server's start.</summary>
/// <param name="TopicFilter">Its topic filter, as configured.</param>
/// <param name="Profile">How its messages become readings.</param>
/// <param name="Accepted">Readings accepted, those that were stored before included.</param>
/// <param name="Rejected">Readings and messages put to the dead letters.</param>
/// <param name="Statuses">Messages that said whether a sensor can be reached, or a machine runs.</param>
/// <param name="Ignored">Those among them that were about no sensor that has sent a reading; that a machine runs is kept all the same.</param>
public sealed record SourceStatus(string TopicFilter, string Profile, long Accepted, long Rejected, long Statuses = 0, long Ignored = 0)
{
    /// <summary>Name of the broker it is for; null when it is for all.</summary>
    public string? Broker { get; init; }

    /// <summary>How the profile is set, in words for people; empty when there is nothing to set.</summary>
    public string Settings { get; init; } = "";
}
