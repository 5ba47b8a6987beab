namespace VibeDash.Core.Alerts;

/// <summary>Whether the silence of a sensor, now or to come, is part of a common one that one alert tells: <see cref="CommonSubject"/>. Not thread-safe.</summary>
internal sealed class CommonPart
{
    /// <summary>The subject of the common alert; null while the silence is the sensor's own.</summary>
    public string? Subject { get; set; }

    /// <summary>True when alerts of a kind are told by the common one.</summary>
    public bool Tells(ConditionKind kind) => Subject is not null && kind == ConditionKind.NoData;

    /// <summary>Suppresses an alert of a kind, by a closed gate or because the common alert tells it.</summary>
    public AlertTransition Suppression(ConditionKind kind, DateTimeOffset at) => AlertTransition.Draft(AlertTrigger.Suppressed, at) with
    {
        Cause = Tells(kind) ? AlertCause.Of(TransitionCause.ToldInCommon, Subject!) : null,
    };

    /// <summary>Becomes part again after a restart, if it was one as far as its alert shows.</summary>
    /// <param name="subject">The subject of the common alert.</param>
    /// <param name="own">The sensor's own open alert on its silence, or null.</param>
    /// <param name="isPart">True when its last arrival is part of the common silence, though its own silence may not be found yet.</param>
    /// <param name="isGateClosed">True when a gate suppresses its silence.</param>
    /// <returns>False when it was not.</returns>
    public bool TryResume(string subject, Alert? own, bool isPart, bool isGateClosed)
    {
        if (own is { Facts.IsActive: true, Facts.IsSuppressed: false } || (own is not { Facts.IsSuppressed: true } && !isPart) || isGateClosed)
            return false;
        Subject = subject;
        return true;
    }
}
