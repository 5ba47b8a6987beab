using VibeDash.Core.Alerts;

namespace VibeDash.Client.Rules;

/// <summary>The input of a rule, which may be incomplete. Not thread-safe.</summary>
public sealed class RuleDraft
{
    private readonly AlertRule? _edited;

    /// <summary>A new rule.</summary>
    /// <param name="unit">Initial unit.</param>
    public RuleDraft(string unit)
    {
        (Unit, RunUnit) = (unit, unit);
        Tiers[1].IsUsed = true;
    }

    /// <summary>A change of an existing rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="unit">Initial unit of a rule without one.</param>
    public RuleDraft(AlertRule rule, string unit)
    {
        _edited = rule;
        var condition = rule.Condition;
        (Name, ScopeKind, ScopeValue, Kind) = (rule.Name, rule.Scope.Kind, rule.Scope.Value, rule.Kind);
        (Unit, Direction, IsRelative, IsInclusive) = (condition.Unit ?? unit, condition.Direction, condition.IsRelative, condition.IsInclusive);
        (Tolerates, Tolerance) = (condition switch { { Tolerance: null } => ToleranceChoice.LastDigit, { IsRelative: true } => ToleranceChoice.Relative, _ => ToleranceChoice.Absolute }, condition.Tolerance);
        WindowMinutes = condition.Window?.TotalMinutes ?? WindowMinutes;
        (RecoveryReadings, RecoveryMinutes) = (rule.OffDelay.Readings, Minutes(rule.OffDelay.Time));
        Gate = rule.Gate switch { null => GateChoice.None, { UsesMachineState: true } => GateChoice.State, _ => GateChoice.Level };
        (RunLevel, RunUnit) = (rule.Gate?.RunLevel, rule.Gate?.Unit ?? condition.Unit ?? unit);
        (Note, IsEnabled) = (rule.Note, rule.IsEnabled);
        foreach (var tier in rule.Tiers)
        {
            var draft = Tiers[(int)tier.Severity - 1];
            (draft.IsUsed, draft.Threshold, draft.Recovery) = (true, Entered(tier.Threshold), Entered(tier.Recovery));
            (draft.HoldReadings, draft.HoldSeconds) = (tier.OnDelay.Readings, tier.OnDelay.Time == TimeSpan.Zero ? null : tier.OnDelay.Time.TotalSeconds);
            draft.AtOnce = tier.AtOnce;
        }
    }

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Kind of its scope.</summary>
    public ScopeKind ScopeKind { get; set; }

    /// <summary>The model, location, machine, label or sensor.</summary>
    public string ScopeValue { get; set; } = "";

    /// <summary>Kind of its condition.</summary>
    public ConditionKind Kind { get; private set; } = ConditionKind.LevelAbove;

    /// <summary>Unit of its thresholds, if its kind has one.</summary>
    public string Unit { get; set; }

    /// <summary>The window of a change.</summary>
    public double? WindowMinutes { get; set; } = 10;

    /// <summary>The direction of a change.</summary>
    public ChangeDirection Direction { get; set; }

    /// <summary>True for thresholds in percent, or in multiples of the cadence.</summary>
    public bool IsRelative { get; set; }

    /// <summary>How it is decided that levels are the same.</summary>
    public ToleranceChoice Tolerates { get; set; }

    /// <summary>How far the same levels may differ: in the unit, or in percent.</summary>
    public double? Tolerance { get; set; }

    /// <summary>True when the condition holds at a threshold too.</summary>
    public bool IsInclusive { get; set; }

    /// <summary>The three severities, least severe first.</summary>
    public TierDraft[] Tiers { get; } = [.. Enum.GetValues<Severity>().Select(severity => new TierDraft(severity))];

    /// <summary>Recovery delay in readings.</summary>
    public int? RecoveryReadings { get; set; } = 1;

    /// <summary>Recovery delay in minutes.</summary>
    public double? RecoveryMinutes { get; set; }

    /// <summary>How the state of the machine is determined.</summary>
    public GateChoice Gate { get; set; }

    /// <summary>The level above which the machine runs.</summary>
    public double? RunLevel { get; set; }

    /// <summary>Unit of <see cref="RunLevel"/>.</summary>
    public string RunUnit { get; set; }

    /// <summary>Note on the rule's reasons.</summary>
    public string? Note { get; set; }

    /// <summary>False when it is switched off.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>The condition of the input.</summary>
    public AlertCondition Condition
    {
        get
        {
            var condition = Kind == ConditionKind.Stuck && Tolerates != ToleranceChoice.LastDigit
                ? new AlertCondition(Kind) { Tolerance = Tolerance ?? double.NaN, IsRelative = Tolerates == ToleranceChoice.Relative }
                : new AlertCondition(Kind) { IsRelative = IsRelative && (Kind is ConditionKind.Change or ConditionKind.NoData) };
            return condition with
            {
                Unit = condition.TakesUnit ? Unit.Trim() : null,
                Window = Kind == ConditionKind.Change ? Minutes(WindowMinutes) : null,
                Direction = Kind == ConditionKind.Change ? Direction : ChangeDirection.Either,
                IsInclusive = IsInclusive && condition.ComparesLevels,
            };
        }
    }

    /// <summary>The rule of the input. It may have faults.</summary>
    public AlertRule Rule => new(
        Name.Trim(),
        new(ScopeKind, ScopeKind == ScopeKind.All ? "" : ScopeValue.Trim()),
        Condition,
        [.. Tiers.Where(tier => tier.IsUsed).Select(tier => tier.Tier(Condition, Scale))])
    {
        Id = _edited?.Id ?? 0,
        Version = _edited?.Version ?? 0,
        IsEnabled = IsEnabled,
        OffDelay = new(RecoveryReadings ?? 0, Minutes(RecoveryMinutes)),
        Gate = Gate switch
        {
            GateChoice.Level => new(RunLevel ?? double.NaN, RunUnit.Trim()),
            GateChoice.State => new(null, null, UsesMachineState: true),
            _ => null,
        },
        Note = string.IsNullOrWhiteSpace(Note) ? null : Note.Trim(),
    };

    // The silence of a no-data rule is entered in minutes and stored in seconds.
    private double Scale => Kind == ConditionKind.NoData && !IsRelative ? 60 : 1;

    /// <summary>Changes the kind of condition, and clears the numbers, which have another meaning for another kind.</summary>
    public void ChangeKind(ConditionKind kind)
    {
        Kind = kind;
        (IsRelative, IsInclusive, RecoveryReadings, RecoveryMinutes) = (kind == ConditionKind.NoData, false, 1, null);
        (Tolerates, Tolerance) = (ToleranceChoice.LastDigit, null);
        foreach (var tier in Tiers)
            (tier.Threshold, tier.Recovery, tier.HoldReadings, tier.HoldSeconds, tier.AtOnce) = (null, null, 1, null, null);
    }

    /// <summary>Converts an entered time. One beyond the range of <see cref="TimeSpan"/> becomes its maximum, which no rule allows.</summary>
    /// <param name="number">The number; null for no time.</param>
    /// <param name="ticks">Its unit.</param>
    internal static TimeSpan Time(double? number, long ticks) => number switch
    {
        null => TimeSpan.Zero,
        { } some when Math.Abs(some) < TimeSpan.MaxValue.Ticks / ticks => TimeSpan.FromTicks((long)Math.Round(some * ticks)),
        _ => TimeSpan.MaxValue,
    };

    private static TimeSpan Minutes(double? minutes) => Time(minutes, TimeSpan.TicksPerMinute);

    // That of a template may have to be entered.
    private double? Entered(double threshold) => double.IsNaN(threshold) ? null : threshold / Scale;


    private static double? Minutes(TimeSpan time) => time == TimeSpan.Zero ? null : time.TotalMinutes;
}
