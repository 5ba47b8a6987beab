namespace VibeDash.Core.Alerts;

/// <summary>Why a rule is evaluated for a sensor it covers, or why not.</summary>
public enum RuleMatchReason
{
    /// <summary>Evaluated: it is for all sensors, and no other of its kind is more specific.</summary>
    ForAll,

    /// <summary>Evaluated: it is the most specific of its kind. Arguments: kind and value of its scope.</summary>
    MostSpecific,

    /// <summary>Not evaluated: it is switched off.</summary>
    SwitchedOff,

    /// <summary>Not evaluated: units cannot be compared. Arguments: the rule's, the sensor's.</summary>
    UnitsNotComparable,

    /// <summary>Not evaluated: another one is more specific. Argument: name of that one.</summary>
    LessSpecific,

    /// <summary>Not evaluated: another one of equal scope is newer. Argument: name of that one.</summary>
    Older,
}
