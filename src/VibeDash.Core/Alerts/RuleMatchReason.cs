namespace VibeDash.Core.Alerts;

/// <summary>Why a rule is evaluated, or not, for a sensor it covers.</summary>
public enum RuleMatchReason
{
    /// <summary>Evaluated: it covers all sensors, and no rule of its kind is more specific.</summary>
    ForAll,

    /// <summary>Evaluated: it is the most specific of its kind. Arguments: kind and value of its scope.</summary>
    MostSpecific,

    /// <summary>Not evaluated: it is switched off.</summary>
    SwitchedOff,

    /// <summary>Not evaluated: the units cannot be compared. Arguments: unit of the rule, unit of the sensor.</summary>
    UnitsNotComparable,

    /// <summary>Not evaluated: another rule is more specific. Argument: name of that rule.</summary>
    LessSpecific,

    /// <summary>Not evaluated: another rule of equal scope is newer. Argument: name of that rule.</summary>
    Older,
}
