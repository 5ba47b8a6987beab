namespace VibeDash.Core.Alerts;

/// <summary>The legal moves of an alert. Pure.</summary>
public static class AlertStateMachine
{
    /// <summary>The state <paramref name="trigger"/> leads to from <paramref name="from"/>, or null when that move is not legal.</summary>
    public static AlertState? Next(AlertState from, AlertTrigger trigger) => (from, trigger) switch
    {
        (AlertState.Normal or AlertState.Pending, AlertTrigger.Exceeded) => AlertState.Pending,
        (AlertState.Normal or AlertState.Pending, AlertTrigger.Held) => AlertState.Active,
        (AlertState.Pending, AlertTrigger.Subsided) => AlertState.Normal,
        (AlertState.Active or AlertState.Acknowledged, AlertTrigger.Recovered) => AlertState.Cleared,
        (AlertState.Active, AlertTrigger.Acknowledge) => AlertState.Acknowledged,
        _ => null,
    };
}
