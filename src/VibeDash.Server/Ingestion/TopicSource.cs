using VibeDash.Core.Live;
using VibeDash.Core.Payloads;

namespace VibeDash.Server.Ingestion;

/// <summary>A topic filter, how the messages of its topics become readings, and what became of them. Thread-safe.</summary>
internal sealed class TopicSource(TopicPattern pattern, PayloadProfile profile)
{
    private long _accepted, _rejected, _statuses, _ignored;

    /// <summary>Its topics.</summary>
    public TopicPattern Pattern => pattern;

    /// <summary>How its messages are read.</summary>
    public PayloadProfile Profile => profile;

    /// <summary>Reads a message of one of its topics.</summary>
    public ReadingOutcome[] Parse(SourceMessage message, DateTimeOffset receivedAt) => profile.Parse(message, pattern.Read(message.Topic), receivedAt);

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
        profile.Name,
        Interlocked.Read(ref _accepted),
        Interlocked.Read(ref _rejected),
        Interlocked.Read(ref _statuses),
        Interlocked.Read(ref _ignored));
}
