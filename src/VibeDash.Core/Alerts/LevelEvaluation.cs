namespace VibeDash.Core.Alerts;

/// <summary>Whether rules compare the level of a sensor with thresholds.</summary>
public enum LevelEvaluation
{
    /// <summary>With each reading.</summary>
    Always,

    /// <summary>Only while the baseline is known: <see cref="AlertCondition.NeedsBaseline"/>.</summary>
    WithBaseline,

    /// <summary>No rule in force does.</summary>
    Never,
}
