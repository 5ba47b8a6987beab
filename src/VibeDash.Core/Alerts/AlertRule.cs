using System.Text.Json.Serialization;
using VibeDash.Core.Faults;

namespace VibeDash.Core.Alerts;

/// <summary>
/// When a sensor's alert of one kind is raised, with which severity, and when it clears. Immutable. What a person or a file gives is checked by
/// <see cref="Fault"/>; the rest of the program sees only rules without one.
/// </summary>
/// <param name="Name">Shown with its alerts.</param>
/// <param name="Scope">Which sensors it is for. Of the rules of a kind that apply to a sensor the most specific wins; of equally specific ones the newest.</param>
/// <param name="Condition">What is compared.</param>
/// <param name="Tiers">From the least severe to the most; each harder to reach than the one before.</param>
/// <param name="IsEnabled">False when it is kept but not evaluated.</param>
public sealed record AlertRule(string Name, AlertScope Scope, AlertCondition Condition, IReadOnlyList<AlertTier> Tiers, bool IsEnabled = true)
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaximumNameLength = 100;

    /// <summary>Maximum length of the note, in characters.</summary>
    public const int MaximumNoteLength = 1000;

    /// <summary>Most rules in force.</summary>
    public const int MaximumRules = 1000;

    /// <summary>Identifier in the database; 0 while it is not stored.</summary>
    public int Id { get; init; }

    /// <summary>Counts the edits of this rule, from 1; 0 while it is not stored.</summary>
    public int Version { get; init; }

    /// <summary>For how long the level has to be at the recovery threshold or better before the condition has ended.</summary>
    public AlertDelay OffDelay { get; init => field = value == default ? AlertDelay.AtOnce : value; } = AlertDelay.AtOnce;

    /// <summary>When the machine does not run, the rule is not evaluated; null when it always is.</summary>
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
            [new(Severity.Warning, 2.0, 1.8, new(3)), new(Severity.Critical, 3.0, 2.7, AlertDelay.AtOnce)]) { Id = 1, Version = 1 },
        new("Sensor silent", AlertScope.All, new(ConditionKind.NoData) { IsRelative = true },
            [new(Severity.Warning, 8, 8, AlertDelay.AtOnce)]) { Id = 2, Version = 1 },
        new("Baseline changed by the sender", AlertScope.All, new(ConditionKind.BaselineChange),
            [new(Severity.Advisory, 10, 10, AlertDelay.AtOnce)]) { Id = 3, Version = 1 },
    ];

    /// <summary>The first of its <see cref="RuleFaults"/>; null when there is none.</summary>
    public FieldFault? Fault() => RuleFaults.Of(this).FirstOrDefault();

    /// <inheritdoc/>
    public bool Equals(AlertRule? other) =>
        other is not null && (Id, Version, Name, Scope, Condition, IsEnabled, OffDelay, Gate, Note)
            == (other.Id, other.Version, other.Name, other.Scope, other.Condition, other.IsEnabled, other.OffDelay, other.Gate, other.Note)
        && Tiers.SequenceEqual(other.Tiers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Version, Name, Scope, Condition);
}
