namespace VibeDash.Core.Alerts;

/// <summary>What a rule is scoped by; of two that apply to a sensor, the later named here is the more specific.</summary>
public enum ScopeKind
{
    /// <summary>All sensors.</summary>
    All,

    /// <summary>Sensors of a model.</summary>
    Model,

    /// <summary>Sensors whose location begins with a text, at a comma; the longer text is the more specific.</summary>
    Location,

    /// <summary>Sensors of a machine, by its whole location.</summary>
    Machine,

    /// <summary>Sensors that carry a label.</summary>
    Label,

    /// <summary>One sensor.</summary>
    Sensor,
}
