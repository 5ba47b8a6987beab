using System.Text.Json.Serialization;
using VibeDash.Core.Faults;

namespace VibeDash.Core.Alerts;

/// <summary>The cause of an alert transition, as a code with arguments.</summary>
/// <param name="Code">The cause.</param>
/// <param name="Arguments">Values for a sentence about it, in the invariant culture: see <see cref="TransitionCause"/>.</param>
public sealed record AlertCause(TransitionCause Code, string[] Arguments)
{
    /// <summary>True when the alert ended because nothing evaluates its condition any more, and not because that has ended.</summary>
    [JsonIgnore]
    public bool IsUnevaluated => Code is TransitionCause.RuleGone or TransitionCause.SensorChanged or TransitionCause.SensorDeleted or TransitionCause.SensorJoined;

    /// <summary>A cause with arguments of any type.</summary>
    public static AlertCause Of(TransitionCause code, params ReadOnlySpan<object> arguments) => new(code, FaultArguments.Of(arguments));

    /// <inheritdoc/>
    public bool Equals(AlertCause? other) => other is not null && Code == other.Code && Arguments.SequenceEqual(other.Arguments);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, Arguments.Length);
}
