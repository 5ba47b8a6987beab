using VibeDash.Core.Live;
using VibeDash.Core.Payloads;
using VibeDash.Core.Sensors;

namespace VibeDash.Server.Ingestion;

/// <summary>A topic filter, how the messages of its topics become readings, and what became of them. Thread-safe.</summary>
internal sealed class TopicSource(TopicPattern pattern, PayloadProfile profile, string? broker, string key)
{
    private long _accepted, _rejected;

    /// <summary>Where its topic filter is configured.</summary>
    public string Key => key;

    /// <summary>Name of the broker it is for; null when it is for all.</summary>
    public string? Broker => broker;

    /// <summary>Its topics.</summary>
    public TopicPattern Pattern => pattern;

    /// <summary>How its messages are read.</summary>
    public PayloadProfile Profile => profile;

    /// <summary>Reads a message of one of its topics.</summary>
    public ReadingOutcome[] Parse(SourceMessage message, DateTimeOffset receivedAt) => profile.Parse(message, pattern.Read(message.Topic), receivedAt);

    /// <summary>True when each of its messages is exactly one reading, for <see cref="ParseOne"/>.</summary>
    public bool IsOneReading => profile is VibrationRecordedProfile;

    /// <summary>Reads a message of one of its topics where <see cref="IsOneReading"/>.</summary>
    public ReadingOutcome ParseOne(SourceMessage message, DateTimeOffset receivedAt, KnownTexts known) =>
        VibrationRecordedProfile.ReadOne(message, pattern.Read(message.Topic), receivedAt, known);

    /// <summary>Counts a reading after its commit.</summary>
    public void Count(bool accepted) => Interlocked.Increment(ref accepted ? ref _accepted : ref _rejected);

    /// <summary>As it is shown.</summary>
    public SourceStatus Status() => new(pattern.Text, profile.Name, Interlocked.Read(ref _accepted), Interlocked.Read(ref _rejected))
    {
        Broker = broker,
        Settings = profile.Settings,
    };
}
