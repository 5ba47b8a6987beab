using VibeDash.Core.Contract;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Sources;

/// <summary>A topic filter, the conversion of its messages to readings, and counts of the results. Thread-safe.</summary>
internal class TopicSource(TopicPattern pattern, PayloadProfile? profile, string? broker, string key, bool sendsOnChange = false)
{
    private long _accepted, _rejected, _statuses, _ignored;

    /// <summary>Configuration key of its topic filter.</summary>
    public string Key => key;

    /// <summary>Name of its broker; null for all brokers.</summary>
    public string? Broker => broker;

    /// <summary>Its topic filter.</summary>
    public TopicPattern Pattern => pattern;

    /// <summary>Profile that parses its messages; null for a source with its own parser.</summary>
    public PayloadProfile? Profile => profile;

    /// <summary>The name of its profile.</summary>
    public virtual string ProfileName => profile!.Name;

    /// <summary>Settings of its profile, for display; empty when there are none.</summary>
    public virtual string Settings => !sendsOnChange ? profile!.Settings : profile!.Settings.Length == 0 ? "sends on change" : $"{profile.Settings}; sends on change";

    /// <summary>True when the meaning of a message depends on earlier ones, so that it cannot be replayed.</summary>
    public virtual bool IsStateful => false;

    /// <summary>Outbound messages for its broker, or null.</summary>
    public virtual OutboundQueue? Outbound => null;

    /// <summary>Name of what sends a message, if its sensors send changes only; else null.</summary>
    public virtual string? SenderOf(string topic) => sendsOnChange ? pattern.Text : null;

    /// <summary>Parses a message.</summary>
    public virtual IReadOnlyList<ReadingOutcome> Parse(SourceMessage message, DateTimeOffset receivedAt)
    {
        var outcomes = profile!.Parse(message, pattern.Read(message.Topic), receivedAt);
        if (outcomes.Length == 0)
            Interlocked.Increment(ref _ignored);
        return outcomes;
    }

    /// <summary>Will for the connection, or null.</summary>
    /// <param name="at">Time of the connection.</param>
    public virtual OutboundMessage? Will(DateTimeOffset at) => null;

    /// <summary>The connection is established and subscribed.</summary>
    /// <param name="at">The time passed to <see cref="Will"/>.</param>
    public virtual void Connected(DateTimeOffset at)
    {
    }

    /// <summary>True when each of its messages is exactly one reading, for <see cref="ParseOne"/>.</summary>
    public bool IsOneReading => profile is VibrationRecordedProfile;

    /// <summary>Parses a message when <see cref="IsOneReading"/>.</summary>
    public ReadingOutcome ParseOne(SourceMessage message, DateTimeOffset receivedAt, KnownTexts known) =>
        ((VibrationRecordedProfile)profile!).ReadOne(message, pattern.Read(message.Topic), receivedAt, known);

    /// <summary>Counts a reading after its commit.</summary>
    public void Count(bool accepted) => Interlocked.Increment(ref accepted ? ref _accepted : ref _rejected);

    /// <summary>Counts a status change after its commit.</summary>
    public void CountStatus(bool concernsSensor)
    {
        Interlocked.Increment(ref _statuses);
        if (!concernsSensor)
            Interlocked.Increment(ref _ignored);
    }

    /// <summary>The status for display.</summary>
    public SourceStatus Status() => new(
        pattern.Text,
        ProfileName,
        Interlocked.Read(ref _accepted),
        Interlocked.Read(ref _rejected),
        Interlocked.Read(ref _statuses),
        Interlocked.Read(ref _ignored))
    {
        Broker = broker,
        Settings = Settings,
    };
}
