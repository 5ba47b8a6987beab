using VibeDash.Core.Alerts;

namespace VibeDash.Server.Data;

/// <summary>An alert rule.</summary>
internal sealed class AlertRuleRow
{
    public int Id { get; set; }

    public int Version { get; set; }

    public required string Name { get; set; }

    public Severity Severity { get; set; }

    public double ThresholdRatio { get; set; }

    public double RecoveryRatio { get; set; }

    public int HoldReadings { get; set; }

    /// <summary>The rule as Core knows it.</summary>
    /// <exception cref="ArgumentException">The row was edited to something illegal.</exception>
    public AlertRule ToRule() => new(Id, Version, Name, Severity, ThresholdRatio, RecoveryRatio, HoldReadings);
}
