using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Live;
using VibeDash.Core.People;

namespace VibeDash.Client.Ui;

/// <summary>The person who is signed in at this browser. Not thread-safe: the browser has one thread.</summary>
public sealed class Me
{
    /// <summary>The person; null until it is known.</summary>
    public SignedIn? Person { get; set; }

    /// <summary>The person, for a request; the server puts on record whom it has signed in.</summary>
    public Actor Actor => new(Person?.Name ?? "");

    /// <summary>True when they are not limited to places.</summary>
    public bool IsEverywhere => Person?.Places is null;

    /// <summary>The places to which they are limited; null for everywhere.</summary>
    public PlaceLimit? Limit => PlaceLimit.Of(Person?.Places);

    /// <summary>True when they may do it. The server decides; a page offers only what it would allow.</summary>
    public bool May(Permission permission) => Person?.May(permission) == true;

    /// <summary>True when they may act on an alert: a common one may concern more than their places.</summary>
    public bool MayActOn(Alert alert) => May(Permission.Act) && (!CommonSubject.Is(alert.SensorId) || Limit is not { } limit || limit.Holds(alert.SensorId, null));

    /// <summary>True when they may change a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="fleet">Where the sensors are; null before it is known.</param>
    public bool MayChange(AlertRule rule, FleetView? fleet) => May(Permission.Configure) && Holds(rule.Scope, fleet);

    /// <summary>True when a rule with this scope concerns their places only. Parameters as for <see cref="MayChange"/>.</summary>
    public bool Holds(AlertScope scope, FleetView? fleet) => Limit is not { } limit || limit.Holds(scope, sensorId =>
        (fleet?.Sensors ?? []).Where(sensor => string.Equals(sensor.SensorId, sensorId, StringComparison.OrdinalIgnoreCase)).Select(sensor => sensor.Facts.Location));
}
