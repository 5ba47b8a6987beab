using VibeDash.Core.Sensors;

namespace VibeDash.Core.Live;

/// <summary>A message that was not accepted.</summary>
/// <param name="Id">Number in order of arrival.</param>
/// <param name="ReceivedAt">Server time of arrival.</param>
/// <param name="Topic">MQTT topic, cut to 256 characters; <c>http</c> when it was posted.</param>
/// <param name="Reason">The kind of fault.</param>
/// <param name="Detail">What is wrong, in one sentence.</param>
/// <param name="Payload">The payload as text, cut to <see cref="MaximumPayloadLength"/> bytes; bytes that are not UTF-8 are replaced.</param>
/// <param name="PayloadBytes">Length of the whole payload, in bytes.</param>
public sealed record DeadLetter(
    long Id, DateTimeOffset ReceivedAt, string Topic, RejectionReason Reason, string Detail, string Payload, long PayloadBytes)
{
    /// <summary>Most bytes of a payload that are kept.</summary>
    public const int MaximumPayloadLength = 4096;

    /// <summary>Most dead letters that are kept; the oldest give way.</summary>
    public const int MaximumKept = 10_000;
}
