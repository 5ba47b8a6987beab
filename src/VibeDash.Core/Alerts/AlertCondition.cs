using System.Text.Json.Serialization;
using VibeDash.Core.Sensors;

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
    /// True when the condition holds at a threshold, too, and not only beyond it: so that a level on the boundary of two zones is judged by the worse
    /// one. Only where a level is compared with a level (<see cref="ComparesLevels"/>).
    /// </summary>
    public bool IsInclusive { get; init; }

    /// <summary>True when a level is compared with thresholds that are levels, or multiples of one.</summary>
    [JsonIgnore]
    public bool ComparesLevels => Kind is ConditionKind.LevelAbove or ConditionKind.LevelBelow || NeedsBaseline;

    /// <summary>True when the thresholds are levels in <see cref="Unit"/>.</summary>
    [JsonIgnore]
    public bool HasUnit => Kind is ConditionKind.LevelAbove or ConditionKind.LevelBelow or ConditionKind.DifferenceAbove || (Kind == ConditionKind.Change && !IsRelative);

    /// <summary>True when it depends on the baseline: where none is known, it cannot be judged.</summary>
    [JsonIgnore]
    public bool NeedsBaseline => Kind is ConditionKind.BaselineMultiple or ConditionKind.DifferenceAbove;

    /// <summary>True when it is judged by the passing of time, not by readings alone.</summary>
    [JsonIgnore]
    public bool IsJudgedByTime => Kind is ConditionKind.NoData or ConditionKind.CalibrationAge;

    /// <summary>True when lower is worse.</summary>
    [JsonIgnore]
    public bool IsFalling => Kind == ConditionKind.LevelBelow;

    /// <summary>What is wrong with it, in one sentence, or null when nothing is.</summary>
    public string? Fault() => this switch
    {
        _ when !Enum.IsDefined(Kind) || !Enum.IsDefined(Direction) => "The condition is of no known kind.",
        { HasUnit: true, Unit: var unit } when string.IsNullOrWhiteSpace(unit) => "Say in which unit the thresholds are.",
        { HasUnit: false, Unit: not null } => "These thresholds have no unit of their own.",
        { Kind: ConditionKind.Change, Window: null } => "Say within which window the level has to change.",
        { Kind: ConditionKind.Change, Window: { } window } when window <= TimeSpan.Zero || window > MaximumWindow => "The window must be longer than 0 and at most a day.",
        { Kind: not ConditionKind.Change, Window: not null } => "Only a change has a window.",
        { IsRelative: true, Kind: not (ConditionKind.Change or ConditionKind.NoData) } => "Only a change or a silence can be relative.",
        { IsInclusive: true, ComparesLevels: false } => "Only a level can be judged at its threshold, too.",
        _ => null,
    };

    /// <summary>Why this cannot be judged for sensors of a unit, in one sentence; null when it can.</summary>
    /// <param name="sensorUnit">Unit symbol as the sensor sends it.</param>
    public string? Mismatch(string sensorUnit) => HasUnit ? VibrationUnit.WhyNotComparable(Unit!, sensorUnit) : null;
}
