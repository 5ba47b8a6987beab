using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>What selects alerts; a null field does not filter.</summary>
public record AlertCriteria
{
    /// <summary>Only alerts of this severity.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Only alerts in this state; <see cref="AlertState.Normal"/> selects alerts that have ended.</summary>
    public AlertState? State { get; init; }

    /// <summary>Only alerts of this sensor.</summary>
    public string? SensorId { get; init; }

    /// <summary>Only alerts of this kind of condition.</summary>
    public ConditionKind? Kind { get; init; }

    /// <summary>Only alerts last evaluated by this rule.</summary>
    public int? RuleId { get; init; }

    /// <summary>Only alerts of sensors at this place, or at one within it: <see cref="Location.Place"/>. Compared case-insensitively.</summary>
    public string? Place { get; init; }

    /// <summary>Only alerts of sensors at this machine, by its full location: <see cref="Location.Whole"/>. Compared case-insensitively.</summary>
    public string? Machine { get; init; }

    /// <summary>Only alerts raised at or after this time; for one raised several times the last raise counts.</summary>
    public DateTimeOffset? RaisedFrom { get; init; }

    /// <summary>Only alerts open at or after this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only alerts first raised at or before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>True when it selects an alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="location">Location of its sensor, as sent.</param>
    public bool Passes(Alert alert, string location) =>
        (Severity is null || alert.Severity == Severity)
        && (State is null || alert.State == State)
        && (SensorId is null || alert.SensorId == SensorId)
        && (Kind is null || alert.Kind == Kind)
        && (RuleId is null || alert.RuleId == RuleId)
        && (RaisedFrom is null || alert.RaisedAt >= RaisedFrom)
        && (From is null || alert.EndedAt is null || alert.EndedAt >= From)
        && (To is null || alert.FirstRaisedAt is null || alert.FirstRaisedAt <= To)
        && IsAt(location);

    /// <summary>True when <see cref="Place"/> and <see cref="Machine"/> select sensors of a location.</summary>
    public bool IsAt(string location)
    {
        if (Place is null && Machine is null)
            return true;
        var at = Location.Parse(location);
        return (Place is null || (at.Place.StartsWith(Place, StringComparison.OrdinalIgnoreCase) && (at.Place.Length == Place.Length || at.Place[Place.Length] == ',')))
            && (Machine is null || string.Equals(at.Whole, Location.Parse(Machine).Whole, StringComparison.OrdinalIgnoreCase));
    }
}
