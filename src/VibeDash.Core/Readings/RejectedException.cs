namespace VibeDash.Core.Readings;

/// <summary>Ends the parsing of one reading. Never leaves a parser.</summary>
internal sealed class RejectedException(RejectionReason reason, string detail) : Exception(detail)
{
    public Rejection Rejection { get; } = new(reason, detail);
}
