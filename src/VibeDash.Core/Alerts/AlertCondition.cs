using System.Text.Json.Serialization;
using VibeDash.Core.Faults;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Alerts;

/// <summary>The condition of a rule: the value that is compared with the thresholds of its tiers.</summary>
/// <param name="Kind">Kind of the condition. It determines the meaning of the thresholds:
/// <list type="bullet">
/// <item><see cref="ConditionKind.LevelAbove"/>, <see cref="ConditionKind.LevelBelow"/>, <see cref="ConditionKind.DifferenceAbove"/>: levels in <see cref="Unit"/>;</item>
/// <item><see cref="ConditionKind.BaselineMultiple"/>: multiples of the baseline;</item>
/// <item><see cref="ConditionKind.Change"/>: levels in <see cref="Unit"/> or, with <see cref="IsRelative"/>, per cent of the magnitude of the level at the other end;</item>
/// <item><see cref="ConditionKind.NoData"/>: seconds or, with <see cref="IsRelative"/>, multiples of the sensor's cadence;</item>
/// <item><see cref="ConditionKind.Stuck"/>: readings in a row;</item>
/// <item><see cref="ConditionKind.CalibrationAge"/>: months;</item>
/// <item><see cref="ConditionKind.BaselineChange"/>: per cent of the baseline before;</item>
/// <item><see cref="ConditionKind.ClockOff"/>: seconds.</item>
/// </list></param>
public sealed record AlertCondition(ConditionKind Kind)
{
    /// <summary>Maximum relative tolerance, in per cent.</summary>
    public const double MaximumTolerancePercent = 100;

    /// <summary>Maximum window.</summary>
    public static readonly TimeSpan MaximumWindow = TimeSpan.FromDays(1);

    /// <summary>Unit of the thresholds, when they are levels, or of an absolute <see cref="Tolerance"/>; otherwise null.</summary>
    public string? Unit { get; init; }

    /// <summary>The window of a <see cref="ConditionKind.Change"/>; otherwise null.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>The direction of a <see cref="ConditionKind.Change"/>.</summary>
    public ChangeDirection Direction { get; init; }

    /// <summary>True when the thresholds, or the <see cref="Tolerance"/>, are relative.</summary>
    public bool IsRelative { get; init; }

    /// <summary>
    /// How far the levels of a <see cref="ConditionKind.Stuck"/> may differ and still count as the same: a level in <see cref="Unit"/> or, with
    /// <see cref="IsRelative"/>, per cent of the largest of them. Null for one unit of the last digit that the sender shows.
    /// </summary>
    public double? Tolerance { get; init; }

    /// <summary>
    /// True when the condition also holds at a threshold, not only beyond it, so that a level on the boundary of two zones belongs to the worse one.
    /// Only where a level is compared with a level (<see cref="ComparesLevels"/>).
    /// </summary>
    public bool IsInclusive { get; init; }

    /// <summary>True when a level is compared with thresholds that are levels or multiples of a level.</summary>
    [JsonIgnore]
    public bool ComparesLevels => Kind is ConditionKind.LevelAbove or ConditionKind.LevelBelow || NeedsBaseline;

    /// <summary>True when the thresholds are levels in <see cref="Unit"/>.</summary>
    [JsonIgnore]
    public bool HasUnit => Kind is ConditionKind.LevelAbove or ConditionKind.LevelBelow or ConditionKind.DifferenceAbove || (Kind == ConditionKind.Change && !IsRelative);

    /// <summary>True when it has a <see cref="Unit"/>: of thresholds, or of a tolerance.</summary>
    [JsonIgnore]
    public bool TakesUnit => HasUnit || (Kind == ConditionKind.Stuck && Tolerance is not null && !IsRelative);

    /// <summary>True when a threshold may be negative: it is itself a level, and not a difference, a multiple or a count.</summary>
    [JsonIgnore]
    public bool MayBeNegative => Kind is ConditionKind.LevelAbove or ConditionKind.LevelBelow;

    /// <summary>True when the condition depends on the baseline: without a known baseline it is not evaluated.</summary>
    [JsonIgnore]
    public bool NeedsBaseline => Kind is ConditionKind.BaselineMultiple or ConditionKind.DifferenceAbove;

    /// <summary>True when levels at standstill say nothing about the condition: a sensor's run level closes the gate of its rule.</summary>
    [JsonIgnore]
    public bool NeedsRunning => ComparesLevels || Kind is ConditionKind.Change or ConditionKind.Stuck;

    /// <summary>True when the passing of time triggers an evaluation, too, not only readings.</summary>
    [JsonIgnore]
    public bool IsEvaluatedByTime => Kind is ConditionKind.NoData or ConditionKind.CalibrationAge;

    /// <summary>True when lower is worse.</summary>
    [JsonIgnore]
    public bool IsFalling => Kind == ConditionKind.LevelBelow;

    private double MaximumTolerance => IsRelative ? MaximumTolerancePercent : Reading.MaximumLevel;

    /// <summary>All faults; field names are relative to the rule.</summary>
    public IEnumerable<FieldFault> Faults()
    {
        if (!Enum.IsDefined(Kind))
        {
            yield return FieldFault.Of("condition.kind", FaultCode.ConditionKindUnknown);
            yield break;
        }

        if (!Enum.IsDefined(Direction))
            yield return FieldFault.Of("condition.direction", FaultCode.ConditionKindUnknown);
        if (TakesUnit && string.IsNullOrWhiteSpace(Unit))
            yield return FieldFault.Of("condition.unit", FaultCode.UnitMissing);
        if (!TakesUnit && Unit is not null)
            yield return FieldFault.Of("condition.unit", FaultCode.UnitNotAllowed);
        if (Kind == ConditionKind.Change && Window is null)
            yield return FieldFault.Of("condition.window", FaultCode.WindowMissing);
        if (Kind == ConditionKind.Change && (Window <= TimeSpan.Zero || Window > MaximumWindow))
            yield return FieldFault.Of("condition.window", FaultCode.WindowOutOfRange);
        if (Kind != ConditionKind.Change && Window is not null)
            yield return FieldFault.Of("condition.window", FaultCode.WindowNotAllowed);
        if (IsRelative && !(Kind is ConditionKind.Change or ConditionKind.NoData || (Kind == ConditionKind.Stuck && Tolerance is not null)))
            yield return FieldFault.Of("condition.isRelative", FaultCode.RelativeNotAllowed);
        if (Tolerance is not null && Kind != ConditionKind.Stuck)
            yield return FieldFault.Of("condition.tolerance", FaultCode.ToleranceNotAllowed);
        else if (Tolerance is not null && !(Tolerance >= 0 && Tolerance <= MaximumTolerance))
            yield return FieldFault.Of("condition.tolerance", FaultCode.ToleranceOutOfRange, MaximumTolerance);
        if (IsInclusive && !ComparesLevels)
            yield return FieldFault.Of("condition.isInclusive", FaultCode.InclusiveNotAllowed);
    }

    /// <summary>The first fault; null when there is none.</summary>
    public FieldFault? Fault() => Faults().FirstOrDefault();

    /// <summary>The unit, when it cannot be compared with that of the sensor; null when the condition can be evaluated for the sensor.</summary>
    /// <param name="sensorUnit">Unit symbol as the sensor sends it.</param>
    public string? Mismatch(string sensorUnit) => TakesUnit && VibrationUnit.WhyNotComparable(Unit!, sensorUnit) is not null ? Unit : null;
}
