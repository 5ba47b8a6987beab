using System.Text.Json.Serialization;
using VibeDash.Core.Faults;

namespace VibeDash.Core.Alerts;

/// <summary>
/// Defines when a sensor's alert of one kind is raised, its severity, and when it clears. Immutable. User input is validated with <see cref="Fault"/>;
/// all other code sees only valid rules.
/// </summary>
/// <param name="Name">Shown with its alerts.</param>
/// <param name="Scope">Sensors it applies to. Of the rules of a kind that apply to a sensor, the most specific wins; of equally specific ones the newest.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Tiers">Tiers in order of increasing severity; each is harder to reach than the previous one.</param>
/// <param name="IsEnabled">False for a rule that is kept but not evaluated.</param>
public sealed record AlertRule(string Name, AlertScope Scope, AlertCondition Condition, IReadOnlyList<AlertTier> Tiers, bool IsEnabled = true)
{
    /// <summary>Maximum length of the name, in characters.</summary>
    public const int MaximumNameLength = 100;

    /// <summary>Maximum length of the note, in characters.</summary>
    public const int MaximumNoteLength = 1000;

    /// <summary>Maximum number of rules in force.</summary>
    public const int MaximumRules = 1000;

    /// <summary>Identifier in the database; 0 before it is stored.</summary>
    public int Id { get; init; }

    /// <summary>Number of the edit, from 1; 0 before it is stored.</summary>
    public int Version { get; init; }

    /// <summary>Off-delay: how long the level must be at the recovery threshold or better before the condition ends.</summary>
    public AlertDelay OffDelay { get; init => field = value == default ? AlertDelay.AtOnce : value; } = AlertDelay.AtOnce;

    /// <summary>Gate that suspends the rule while the machine does not run; null for none.</summary>
    public RunGate? Gate { get; init; }

    /// <summary>Reason for the last edit; null when not given.</summary>
    public string? Note { get; init; }

    /// <summary>Kind of its condition.</summary>
    [JsonIgnore]
    public ConditionKind Kind => Condition.Kind;

    /// <summary>The rules of a new installation.</summary>
    public static IReadOnlyList<AlertRule> Defaults { get; } =
    [
        new("Level against baseline", AlertScope.All, new(ConditionKind.BaselineMultiple),
            [new(Severity.Warning, 2.0, 1.8, new(3)), new(Severity.Critical, 3.0, 2.7, new(3, TimeSpan.FromSeconds(10))) { AtOnce = 10 }]) { Id = 1, Version = 1 },
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
