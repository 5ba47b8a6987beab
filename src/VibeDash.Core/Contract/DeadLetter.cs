using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>A message that was not accepted, or of which not every reading was. One message is one dead letter.</summary>
/// <param name="Id">Number in order of arrival; never given again.</param>
/// <param name="ReceivedAt">Server time of arrival.</param>
/// <param name="Topic">MQTT topic; <c>http</c> when it was posted.</param>
/// <param name="Reason">The kind of fault, as of the last attempt; of several readings that of the first.</param>
/// <param name="Detail">What is wrong, in a sentence for each reading.</param>
/// <param name="Payload">The payload as text, cut to <see cref="MaximumPayloadLength"/> bytes; bytes that are not UTF-8 are replaced.</param>
/// <param name="PayloadBytes">Length of the whole payload, in bytes.</param>
/// <param name="CanReplay">True when all of the message is kept, so that it can go through the parser once more.</param>
/// <param name="Attempts">How often it was replayed and refused again.</param>
/// <param name="LastAttemptAt">When that was last; null when it never was.</param>
public sealed record DeadLetter(
    long Id,
    DateTimeOffset ReceivedAt,
    string Topic,
    RejectionReason Reason,
    string Detail,
    string Payload,
    long PayloadBytes,
    bool CanReplay,
    int Attempts,
    DateTimeOffset? LastAttemptAt)
{
    /// <summary>Most bytes of a payload in a list of dead letters, and most that are kept of one that is too large to be an event.</summary>
    public const int MaximumPayloadLength = 4096;

    /// <summary>Most dead letters that are kept; the oldest give way.</summary>
    public const int MaximumKept = 10_000;

    /// <summary>Most bytes of payloads, topics and user properties that all dead letters together keep; the oldest give way.</summary>
    public const long MaximumKeptBytes = 64 * 1024 * 1024;

    /// <summary>How long a dead letter is kept.</summary>
    public static readonly TimeSpan MaximumAge = TimeSpan.FromDays(30);
}
