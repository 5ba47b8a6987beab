using VibeDash.Core.Contract;

namespace VibeDash.Server.HttpEvents;

/// <summary>Ends the reading of a posted body, of which nothing is stored. Never leaves the intake.</summary>
internal sealed class RefusedBodyException(Refusal refusal, Exception? inner = null) : Exception(refusal.Code.ToString(), inner)
{
    /// <summary>Why the body is refused.</summary>
    public Refusal Refusal { get; } = refusal;
}
