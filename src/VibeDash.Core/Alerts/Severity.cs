namespace VibeDash.Core.Alerts;

/// <summary>How much an alert asks of the people who see it; a higher value is more severe.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Advisory = 1,

    /// <summary>Plan an inspection.</summary>
    Warning = 2,

    /// <summary>Act now.</summary>
    Critical = 3,
}
