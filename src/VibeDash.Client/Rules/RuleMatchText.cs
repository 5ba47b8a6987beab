using VibeDash.Core.Alerts;
using VibeDash.Core.Faults;

namespace VibeDash.Client.Rules;

/// <summary>Texts about how rules stand to a sensor.</summary>
public static class RuleMatchText
{
    /// <summary>Why a rule is evaluated for a sensor, or why not, in one sentence.</summary>
    public static string Of(RuleMatch match)
    {
        var a = match.Arguments;
        return match.Reason switch
        {
            RuleMatchReason.ForAll => "It is for all sensors, and no other of its kind is more specific.",
            RuleMatchReason.MostSpecific => $"It is the most specific of its kind: for the {a.At(0).ToLowerInvariant()} “{a.At(1)}”.",
            RuleMatchReason.SwitchedOff => "It is switched off.",
            RuleMatchReason.UnitsNotComparable => UnitMismatchText.Of(a.At(0), a.At(1)),
            RuleMatchReason.LessSpecific => $"“{a.At(0)}” is more specific.",
            _ => $"“{a.At(0)}” is newer.",
        };
    }
}
