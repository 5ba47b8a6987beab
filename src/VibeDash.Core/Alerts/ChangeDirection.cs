namespace VibeDash.Core.Alerts;

/// <summary>Which changes a <see cref="ConditionKind.Change"/> looks for.</summary>
public enum ChangeDirection
{
    /// <summary>Both ways.</summary>
    Either,

    /// <summary>The level rises.</summary>
    Up,

    /// <summary>The level falls.</summary>
    Down,
}
