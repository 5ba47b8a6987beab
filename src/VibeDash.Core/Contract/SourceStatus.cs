namespace VibeDash.Core.Contract;

/// <summary>State of a configured source. Counts are since the server started.</summary>
/// <param name="TopicFilter">Its topic filter, as configured.</param>
/// <param name="Profile">Profile that decodes its messages into readings.</param>
/// <param name="Accepted">Readings accepted, duplicates included.</param>
/// <param name="Rejected">Readings and messages that became dead letters.</param>
/// <param name="Statuses">Messages that reported a sensor as reachable or not, or the state of a machine.</param>
/// <param name="Ignored">Messages without a reading, such as those its conditions leave out, and status messages that concern no sensor with a reading; a machine state is nevertheless kept.</param>
public sealed record SourceStatus(string TopicFilter, string Profile, long Accepted, long Rejected, long Statuses = 0, long Ignored = 0)
{
    /// <summary>Name of the broker of this source; null for all brokers.</summary>
    public string? Broker { get; init; }

    /// <summary>Settings of the profile, as text for people; empty when it has none.</summary>
    public string Settings { get; init; } = "";
}
