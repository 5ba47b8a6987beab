using VibeDash.Core.Alerts;
using VibeDash.Core.Faults;
using VibeDash.Core.Readings;

namespace VibeDash.Core.People;

/// <summary>
/// The places to which a person or key is limited: they see, and act on, the sensors there only. Immutable. A place is the beginning of a location, whole parts of it,
/// compared case-insensitively: <c>Hall 2</c> covers <c>Hall 2, Line 1, Pump</c>, and not <c>Hall 21, Pump</c>. A sensor without a location is at no place.
/// </summary>
public sealed class PlaceLimit
{
    /// <summary>Name of the authorization policy that refuses whoever is limited to places.</summary>
    public const string Everywhere = "Everywhere";

    /// <summary>Maximum number of places.</summary>
    public const int Maximum = 20;

    private readonly string[] _places;

    private PlaceLimit(string[] places) => (_places, Text) = (places, string.Join('\n', places));

    /// <summary>The places, normalised and sorted, one per line; equal for equal limits.</summary>
    public string Text { get; }

    /// <summary>The places, normalised and sorted.</summary>
    public IReadOnlyList<string> Places => _places;

    /// <summary>The limit to these places; null, which is no limit, for null or for an empty list. A list of blank places is a limit that covers nothing.</summary>
    public static PlaceLimit? Of(IReadOnlyCollection<string>? places) => places is null or { Count: 0 }
        ? null
        : new([.. places.Select(place => Location.Parse(place).Whole).Where(place => place.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)]);

    /// <summary>The limit that <see cref="Text"/> stands for; null for null.</summary>
    public static PlaceLimit? Parse(string? text) => text is null ? null : Of(text.Split('\n'));

    /// <summary>The fault of places that were typed; null when there is none.</summary>
    public static FieldFault? Fault(string field, IReadOnlyCollection<string>? places) => places switch
    {
        null => null,
        { Count: > Maximum } => FieldFault.Of(field, FaultCode.TooManyPlaces, Maximum),
        _ when places.Any(place => place is null or { Length: > AlertScope.MaximumLength } || Location.Parse(place).Whole.Length == 0 || PlainText.HasControl(place)) =>
            FieldFault.Of(field, FaultCode.PlaceInvalid, AlertScope.MaximumLength),
        _ => null,
    };

    /// <summary>True for a location at one of the places.</summary>
    public bool Covers(string? location)
    {
        if (string.IsNullOrEmpty(location))
            return false;
        var whole = Location.Parse(location).Whole;
        return Array.Exists(_places, place => Begins(whole, place));
    }

    /// <summary>True when an alert may be seen: of a sensor at one of the places, or of a common cause that may concern one.</summary>
    /// <param name="subject">Subject of the alert: a sensor id, or a <see cref="CommonSubject"/>.</param>
    /// <param name="location">Location of the sensor; null for another subject, or when the sensor is not known.</param>
    public bool Shows(string subject, string? location)
    {
        if (!CommonSubject.Is(subject))
            return Covers(location);
        var name = CommonSubject.NameOf(subject, out var isPlace);
        return !isPlace || Overlaps(name!);
    }

    /// <summary>True when an alert may be acted on: its subject lies entirely at the places. Parameters as for <see cref="Shows(string, string?)"/>.</summary>
    public bool Holds(string subject, string? location) =>
        CommonSubject.Is(subject) ? CommonSubject.NameOf(subject, out var isPlace) is { } name && isPlace && Covers(name) : Covers(location);

    /// <summary>True when a rule may be seen: it may concern a sensor at the places.</summary>
    /// <param name="scope">Scope of the rule.</param>
    /// <param name="locationsOf">Locations of the sensors with an id, compared case-insensitively as the scope is.</param>
    public bool Shows(AlertScope scope, Func<string, IEnumerable<string>> locationsOf) => scope.Kind switch
    {
        ScopeKind.Location or ScopeKind.Machine => Overlaps(scope.Value),
        ScopeKind.Sensor => locationsOf(scope.Value).Any(Covers),
        _ => true,
    };

    /// <summary>True when a rule may be changed: it concerns only sensors at the places. Parameters as for <see cref="Shows(AlertScope, Func{string, IEnumerable{string}})"/>.</summary>
    public bool Holds(AlertScope scope, Func<string, IEnumerable<string>> locationsOf) => scope.Kind switch
    {
        ScopeKind.Location or ScopeKind.Machine => Covers(scope.Value),
        ScopeKind.Sensor => locationsOf(scope.Value).ToArray() is { Length: > 0 } locations && Array.TrueForAll(locations, Covers),
        _ => false,
    };

    private bool Overlaps(string location)
    {
        var whole = Location.Parse(location).Whole;
        return Array.Exists(_places, place => Begins(whole, place) || Begins(place, whole));
    }

    private static bool Begins(string location, string place) =>
        location.StartsWith(place, StringComparison.OrdinalIgnoreCase) && (location.Length == place.Length || location[place.Length] == ',');
}
