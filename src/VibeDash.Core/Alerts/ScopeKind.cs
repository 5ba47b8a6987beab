namespace VibeDash.Core.Alerts;

/// <summary>Kind of a rule's scope, in order of increasing specificity.</summary>
public enum ScopeKind
{
    /// <summary>All sensors.</summary>
    All,

    /// <summary>Sensors of a model.</summary>
    Model,

    /// <summary>Sensors whose location starts with a text, ending at a comma; a longer text is more specific.</summary>
    Location,

    /// <summary>Sensors of a machine, by its full location.</summary>
    Machine,

    /// <summary>Sensors that carry a label.</summary>
    Label,

    /// <summary>One sensor.</summary>
    Sensor,
}
