using VibeDash.Core.Live;

namespace VibeDash.Server.Ingestion;

/// <summary>As much of a payload as a dead letter keeps: the whole is needed no longer than it takes to parse it.</summary>
/// <param name="Bytes">The start of the payload.</param>
/// <param name="WholeLength">Length of the whole payload, in bytes.</param>
internal readonly record struct PayloadStart(ReadOnlyMemory<byte> Bytes, long WholeLength)
{
    /// <summary>The start of <paramref name="payload"/>, which is not changed afterwards.</summary>
    public static PayloadStart Of(ReadOnlyMemory<byte> payload) =>
        new(payload.Length <= DeadLetter.MaximumPayloadLength ? payload : payload[..DeadLetter.MaximumPayloadLength].ToArray(), payload.Length);
}
