using VibeDash.Core.Contract;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Sources;

/// <summary>A topic filter, how the messages of its topics become readings, and what became of them. Thread-safe.</summary>
internal class TopicSource(TopicPattern pattern, PayloadProfile? profile, string? broker, string key)
{
    private long _accepted, _rejected, _statuses, _ignored;

    /// <summary>Where its topic filter is configured.</summary>
    public string Key => key;

    /// <summary>Name of the broker it is for; null when it is for all.</summary>
    public string? Broker => broker;

    /// <summary>Its topics.</summary>
    public TopicPattern Pattern => pattern;

    /// <summary>How its messages are read; null for a source that does it by itself.</summary>
    public PayloadProfile? Profile => profile;

    /// <summary>The name of its profile.</summary>
    public virtual string ProfileName => profile!.Name;

    /// <summary>How its profile is set, in words for people; empty when there is nothing to set.</summary>
    public virtual string Settings => profile!.Settings;

    /// <summary>True when what a message means depends on those before it, so that it cannot be read again later.</summary>
    public virtual bool Remembers => false;

    /// <summary>What it has to say to its broker, or null when it only listens.</summary>
    public virtual OutboundQueue? Outbound => null;

    /// <summary>Reads a message of one of its topics.</summary>
    public virtual IReadOnlyList<ReadingOutcome> Parse(SourceMessage message, DateTimeOffset receivedAt) =>
        profile!.Parse(message, pattern.Read(message.Topic), receivedAt);

    /// <summary>What the broker is to publish when the connection is lost, or null.</summary>
    /// <param name="at">When the connection is made.</param>
    public virtual OutboundMessage? Will(DateTimeOffset at) => null;

    /// <summary>The connection is made and subscribed.</summary>
    /// <param name="at">The time that <see cref="Will"/> was given.</param>
    public virtual void Connected(DateTimeOffset at)
    {
    }

    /// <summary>True when each of its messages is exactly one reading, for <see cref="ParseOne"/>.</summary>
    public bool IsOneReading => profile is VibrationRecordedProfile;

    /// <summary>Reads a message of one of its topics where <see cref="IsOneReading"/>.</summary>
    public ReadingOutcome ParseOne(SourceMessage message, DateTimeOffset receivedAt, KnownTexts known) =>
        VibrationRecordedProfile.ReadOne(message, pattern.Read(message.Topic), receivedAt, known);

    /// <summary>Counts a reading after its commit.</summary>
    public void Count(bool accepted) => Interlocked.Increment(ref accepted ? ref _accepted : ref _rejected);

    /// <summary>Counts a status change after its commit.</summary>
    public void CountStatus(bool concernsSensor)
    {
        Interlocked.Increment(ref _statuses);
        if (!concernsSensor)
            Interlocked.Increment(ref _ignored);
    }

    /// <summary>As it is shown.</summary>
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
