namespace VibeDash.Core.Alerts;

/// <summary>Direction of a <see cref="ConditionKind.Change"/>.</summary>
public enum ChangeDirection
{
    /// <summary>Both directions.</summary>
    Either,

    /// <summary>The level rises.</summary>
    Up,

    /// <summary>The level falls.</summary>
    Down,
}
