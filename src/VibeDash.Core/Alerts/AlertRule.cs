using System.Text.Json.Serialization;

namespace VibeDash.Core.Alerts;

/// <summary>
/// When a sensor's alert of one kind is raised, with which severity, and when it clears. Immutable. What a person or a file gives is checked by
/// <see cref="Fault"/>; the rest of the program sees only rules without one.
/// </summary>
/// <param name="Name">Shown with its alerts.</param>
/// <param name="Scope">Which sensors it is for. Of the rules of a kind that apply to a sensor the most specific wins; of equally specific ones the newest.</param>
/// <param name="Condition">What is compared.</param>
/// <param name="Tiers">From the least severe to the most; each harder to reach than the one before.</param>
/// <param name="IsEnabled">False when it is kept but not judged.</param>
public sealed record AlertRule(string Name, AlertScope Scope, AlertCondition Condition, IReadOnlyList<AlertTier> Tiers, bool IsEnabled = true)
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaximumNameLength = 100;

    /// <summary>Most rules in force.</summary>
    public const int MaximumRules = 1000;

    /// <summary>Identifier in the database; 0 while it is not stored.</summary>
    public int Id { get; init; }

    /// <summary>Counts the edits of this rule, from 1; 0 while it is not stored.</summary>
    public int Version { get; init; }

    /// <summary>For how long the level has to be at the recovery threshold or better before the condition has ended.</summary>
    public HoldDuration RecoveryDelay { get; init => field = value == default ? HoldDuration.AtOnce : value; } = HoldDuration.AtOnce;

    /// <summary>When the machine does not run, the rule is not judged; null when it always is.</summary>
    public RunGate? Gate { get; init; }

    /// <summary>Why somebody made it so; null when they did not say.</summary>
    public string? Note { get; init; }

    /// <summary>Kind of its condition.</summary>
    [JsonIgnore]
    public ConditionKind Kind => Condition.Kind;

    /// <summary>The rules a new installation starts with.</summary>
    public static IReadOnlyList<AlertRule> Defaults { get; } =
    [
        new("Level against baseline", AlertScope.All, new(ConditionKind.BaselineMultiple),
            [new(Severity.Warning, 2.0, 1.8, new(3)), new(Severity.Critical, 3.0, 2.7, HoldDuration.AtOnce)]) { Id = 1, Version = 1 },
        new("Sensor silent", AlertScope.All, new(ConditionKind.NoData) { IsRelative = true },
            [new(Severity.Warning, 8, 8, HoldDuration.AtOnce)]) { Id = 2, Version = 1 },
        new("Baseline changed by the sender", AlertScope.All, new(ConditionKind.BaselineChange),
            [new(Severity.Advisory, 10, 10, HoldDuration.AtOnce)]) { Id = 3, Version = 1 },
    ];

    /// <summary>What is wrong with it, in one sentence, or null when nothing is.</summary>
    public string? Fault()
    {
        // What comes from JSON may lack what the types promise.
        if (Scope is null || Condition is null || Tiers is null || Tiers.Any(tier => tier is null))
            return "A rule has a scope, a condition and severities.";
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > MaximumNameLength)
            return $"The name must have 1 to {MaximumNameLength} characters.";
        if ((Scope.Fault() ?? Condition.Fault() ?? Gate?.Fault()) is { } fault)
            return fault;
        if (!RecoveryDelay.IsValid || Tiers.Any(tier => !tier.Hold.IsValid))
            return $"A hold duration is 1 to {HoldDuration.MaximumReadings} readings, and a time of at most a day.";
        if (Note?.Length > Live.AlertAction.MaximumNoteLength)
            return $"The note is limited to {Live.AlertAction.MaximumNoteLength} characters.";
        return TierFault();
    }

    /// <inheritdoc/>
    public bool Equals(AlertRule? other) =>
        other is not null && (Id, Version, Name, Scope, Condition, IsEnabled, RecoveryDelay, Gate, Note)
            == (other.Id, other.Version, other.Name, other.Scope, other.Condition, other.IsEnabled, other.RecoveryDelay, other.Gate, other.Note)
        && Tiers.SequenceEqual(other.Tiers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Version, Name, Scope, Condition);

    private string? TierFault()
    {
        if (Tiers.Count is 0 or > 3)
            return "A rule has one to three severities.";

        var sign = Condition.IsFalling ? -1 : 1;
        for (var i = 0; i < Tiers.Count; i++)
        {
            var tier = Tiers[i];
            if (!Enum.IsDefined(tier.Severity) || !double.IsFinite(tier.Threshold) || !double.IsFinite(tier.Recovery))
                return "A threshold must be a finite number, with a severity.";
            if (tier.Threshold < 0 || tier.Recovery < 0 || (tier.Threshold == 0 && !Condition.HasUnit))
                return "A threshold must be positive.";
            if (Kind == ConditionKind.Stuck && tier.Recovery < 1)
                return "A level comes at least 1 reading in a row: the recovery threshold must be 1 or more.";
            if (Kind == ConditionKind.Stuck && tier.Threshold is not (>= 1 and <= HoldDuration.MaximumReadings))
                return $"A sensor is stuck after 1 to {HoldDuration.MaximumReadings} readings.";
            if (sign * tier.Recovery > sign * tier.Threshold)
                return $"The recovery threshold of {tier.Severity} must be {(Condition.IsFalling ? "at least" : "at most")} its threshold.";
            if (Condition.IsInclusive && tier.Recovery == tier.Threshold)
                return $"The condition holds at the threshold: the recovery threshold of {tier.Severity} must be {(Condition.IsFalling ? "above" : "below")} it.";
            if (i > 0 && (tier.Severity <= Tiers[i - 1].Severity || sign * tier.Threshold <= sign * Tiers[i - 1].Threshold))
                return "Each severity must be harder to reach than the one before.";
        }

        return null;
    }
}
