namespace VibeDash.Core.Alerts;

/// <summary>
/// A threshold rule: the level against a multiple of the baseline. Immutable, and only legal values can be constructed.
/// Not applicable to a reading whose baseline is 0.
/// </summary>
public sealed record AlertRule
{
    /// <summary>Longest hold duration, in readings.</summary>
    public const int MaximumHoldReadings = 1000;

    /// <summary>Creates a rule.</summary>
    /// <param name="id">Identifier in the database, at least 1.</param>
    /// <param name="version">Counts the edits of this rule, from 1.</param>
    /// <param name="name">Shown with its alerts; not blank.</param>
    /// <param name="severity">Severity of its alerts.</param>
    /// <param name="thresholdRatio">Multiple of the baseline above which (not at which) the condition holds; finite, positive.</param>
    /// <param name="recoveryRatio">Multiple of the baseline at or below which a raised alert clears; positive, at most <paramref name="thresholdRatio"/>.</param>
    /// <param name="holdReadings">Hold duration: consecutive readings above the threshold that raise the alert, 1 to <see cref="MaximumHoldReadings"/>; 1 is at once.</param>
    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public AlertRule(int id, int version, string name, Severity severity, double thresholdRatio, double recoveryRatio, int holdReadings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(id, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!Enum.IsDefined(severity))
            throw new ArgumentOutOfRangeException(nameof(severity), severity, "Not a severity.");
        if (!double.IsFinite(thresholdRatio) || thresholdRatio <= 0)
            throw new ArgumentOutOfRangeException(nameof(thresholdRatio), thresholdRatio, "Must be finite and positive.");
        if (!(recoveryRatio > 0 && recoveryRatio <= thresholdRatio))
            throw new ArgumentOutOfRangeException(nameof(recoveryRatio), recoveryRatio, "Must be positive and at most the threshold ratio.");
        ArgumentOutOfRangeException.ThrowIfLessThan(holdReadings, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(holdReadings, MaximumHoldReadings);

        (Id, Version, Name, Severity, ThresholdRatio, RecoveryRatio, HoldReadings) = (id, version, name, severity, thresholdRatio, recoveryRatio, holdReadings);
    }

    /// <summary>Identifier in the database.</summary>
    public int Id { get; }

    /// <summary>Counts the edits of this rule, from 1.</summary>
    public int Version { get; }

    /// <summary>Shown with its alerts.</summary>
    public string Name { get; }

    /// <summary>Severity of its alerts.</summary>
    public Severity Severity { get; }

    /// <summary>Multiple of the baseline above which the condition holds.</summary>
    public double ThresholdRatio { get; }

    /// <summary>Multiple of the baseline at or below which a raised alert clears.</summary>
    public double RecoveryRatio { get; }

    /// <summary>Consecutive readings above the threshold that raise the alert.</summary>
    public int HoldReadings { get; }

    /// <summary>The rules a new installation starts with: Warning above 2 × baseline for three readings, Critical above 3 × baseline at once.</summary>
    public static IReadOnlyList<AlertRule> Defaults { get; } =
    [
        new(1, 1, "Level above 2 × baseline", Severity.Warning, thresholdRatio: 2.0, recoveryRatio: 1.8, holdReadings: 3),
        new(2, 1, "Level above 3 × baseline", Severity.Critical, thresholdRatio: 3.0, recoveryRatio: 2.7, holdReadings: 1),
    ];
}
