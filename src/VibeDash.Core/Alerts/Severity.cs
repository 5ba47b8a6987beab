namespace VibeDash.Core.Alerts;

/// <summary>Urgency of an alert; a higher value is more severe.</summary>
public enum Severity
{
    /// <summary>For information.</summary>
    Advisory = 1,

    /// <summary>Plan an inspection.</summary>
    Warning = 2,

    /// <summary>Act now.</summary>
    Critical = 3,
}
