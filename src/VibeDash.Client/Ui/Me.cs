using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
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
    /// <param name="locationOf">Location of a sensor; null when it is not known.</param>
    public bool MayChange(AlertRule rule, Func<string, string?> locationOf) => May(Permission.Configure) && (Limit is not { } limit || limit.Holds(rule.Scope, locationOf));
}
