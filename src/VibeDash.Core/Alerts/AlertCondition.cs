using System.Text.Json.Serialization;
using VibeDash.Core.Faults;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Alerts;

/// <summary>What a rule compares with the thresholds of its tiers.</summary>
/// <param name="Kind">What it looks for. It says what the thresholds are:
/// <list type="bullet">
/// <item><see cref="ConditionKind.LevelAbove"/>, <see cref="ConditionKind.LevelBelow"/>, <see cref="ConditionKind.DifferenceAbove"/>: levels in <see cref="Unit"/>;</item>
/// <item><see cref="ConditionKind.BaselineMultiple"/>: multiples of the baseline;</item>
/// <item><see cref="ConditionKind.Change"/>: levels in <see cref="Unit"/> or, when it is <see cref="IsRelative"/>, per cent of the level at the other end;</item>
/// <item><see cref="ConditionKind.NoData"/>: seconds or, when it is <see cref="IsRelative"/>, multiples of the sensor's cadence;</item>
/// <item><see cref="ConditionKind.Stuck"/>: readings in a row;</item>
/// <item><see cref="ConditionKind.CalibrationAge"/>: months;</item>
/// <item><see cref="ConditionKind.BaselineChange"/>: per cent of the baseline before.</item>
/// </list></param>
public sealed record AlertCondition(ConditionKind Kind)
{
    /// <summary>Longest window.</summary>
    public static readonly TimeSpan MaximumWindow = TimeSpan.FromDays(1);

    /// <summary>Unit of the thresholds, where they are levels; null elsewhere.</summary>
    public string? Unit { get; init; }

    /// <summary>The window of a <see cref="ConditionKind.Change"/>; null elsewhere.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>The direction of a <see cref="ConditionKind.Change"/>.</summary>
    public ChangeDirection Direction { get; init; }

    /// <summary>True when the thresholds are relative.</summary>
    public bool IsRelative { get; init; }

    /// <summary>
    /// True when the condition holds at a threshold, too, and not only beyond it: so that a level on the boundary of two zones is evaluated by the worse
    /// one. Only where a level is compared with a level (<see cref="ComparesLevels"/>).
    /// </summary>
    public bool IsInclusive { get; init; }

    /// <summary>True when a level is compared with thresholds that are levels, or multiples of one.</summary>
    [JsonIgnore]
    public bool ComparesLevels => Kind is ConditionKind.LevelAbove or ConditionKind.LevelBelow || NeedsBaseline;

    /// <summary>True when the thresholds are levels in <see cref="Unit"/>.</summary>
    [JsonIgnore]
    public bool HasUnit => Kind is ConditionKind.LevelAbove or ConditionKind.LevelBelow or ConditionKind.DifferenceAbove || (Kind == ConditionKind.Change && !IsRelative);

    /// <summary>True when it depends on the baseline: where none is known, it cannot be evaluated.</summary>
    [JsonIgnore]
    public bool NeedsBaseline => Kind is ConditionKind.BaselineMultiple or ConditionKind.DifferenceAbove;

    /// <summary>True when it is evaluated by the passing of time, not by readings alone.</summary>
    [JsonIgnore]
    public bool IsEvaluatedByTime => Kind is ConditionKind.NoData or ConditionKind.CalibrationAge;

    /// <summary>True when lower is worse.</summary>
    [JsonIgnore]
    public bool IsFalling => Kind == ConditionKind.LevelBelow;

    /// <summary>All faults; the fields are those of a rule.</summary>
    public IEnumerable<FieldFault> Faults()
    {
        if (!Enum.IsDefined(Kind))
        {
            yield return FieldFault.Of("condition.kind", FaultCode.ConditionKindUnknown);
            yield break;
        }

        if (!Enum.IsDefined(Direction))
            yield return FieldFault.Of("condition.direction", FaultCode.ConditionKindUnknown);
        if (HasUnit && string.IsNullOrWhiteSpace(Unit))
            yield return FieldFault.Of("condition.unit", FaultCode.UnitMissing);
        if (!HasUnit && Unit is not null)
            yield return FieldFault.Of("condition.unit", FaultCode.UnitNotAllowed);
        if (Kind == ConditionKind.Change && Window is null)
            yield return FieldFault.Of("condition.window", FaultCode.WindowMissing);
        if (Kind == ConditionKind.Change && (Window <= TimeSpan.Zero || Window > MaximumWindow))
            yield return FieldFault.Of("condition.window", FaultCode.WindowOutOfRange);
        if (Kind != ConditionKind.Change && Window is not null)
            yield return FieldFault.Of("condition.window", FaultCode.WindowNotAllowed);
        if (IsRelative && Kind is not (ConditionKind.Change or ConditionKind.NoData))
            yield return FieldFault.Of("condition.isRelative", FaultCode.RelativeNotAllowed);
        if (IsInclusive && !ComparesLevels)
            yield return FieldFault.Of("condition.isInclusive", FaultCode.InclusiveNotAllowed);
    }

    /// <summary>The first fault; null when there is none.</summary>
    public FieldFault? Fault() => Faults().FirstOrDefault();

    /// <summary>The unit that cannot be compared with a sensor's; null when this can be evaluated for it.</summary>
    /// <param name="sensorUnit">Unit symbol as the sensor sends it.</param>
    public string? Mismatch(string sensorUnit) => HasUnit && VibrationUnit.WhyNotComparable(Unit!, sensorUnit) is not null ? Unit : null;
}
