using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>A message that was rejected, or from which at least one reading was rejected. One message is one dead letter.</summary>
/// <param name="Id">Number in order of arrival; never reused.</param>
/// <param name="ReceivedAt">Server time of arrival.</param>
/// <param name="Topic">MQTT topic; <c>http</c> for a posted event.</param>
/// <param name="Reason">Reason of the last rejection; with several rejected readings, that of the first.</param>
/// <param name="Detail">Description of the faults, one sentence for each reading.</param>
/// <param name="Payload">The payload as text, truncated to <see cref="MaximumPayloadLength"/> bytes; bytes that are not UTF-8 are replaced.</param>
/// <param name="PayloadBytes">Length of the complete payload, in bytes.</param>
/// <param name="CanReplay">True when the complete message is kept, and a replay may be accepted: see <see cref="RejectionReasons"/>.</param>
/// <param name="Attempts">Number of replays that were refused.</param>
/// <param name="LastAttemptAt">When the last of these was; null when there was none.</param>
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
    /// <summary>Maximum length of a payload in a list, and of the kept part of a payload too large for an event, in bytes.</summary>
    public const int MaximumPayloadLength = 4096;

    /// <summary>Maximum number of dead letters kept; of the reason and topic with the most, the oldest are deleted.</summary>
    public const int MaximumKept = 10_000;

    /// <summary>Maximum number of dead letters kept of one reason and topic; the oldest are deleted, and counted.</summary>
    public const int MaximumKeptOfGroup = 1000;

    /// <summary>Maximum total size of payloads, topics and user properties of all dead letters, in bytes; of the reason and topic with the most, the oldest are deleted.</summary>
    public const long MaximumKeptBytes = 64 * 1024 * 1024;

    /// <summary>Maximum age of a kept dead letter.</summary>
    public static readonly TimeSpan MaximumAge = TimeSpan.FromDays(30);
}
