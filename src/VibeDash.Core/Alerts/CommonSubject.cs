namespace VibeDash.Core.Alerts;

/// <summary>
/// What sensors that fall silent together have in common: the subject of their one alert, in place of a sensor id. It has a slash, which no sensor id has.
/// </summary>
public static class CommonSubject
{
    /// <summary>All sensors.</summary>
    public const string All = "all/sensors";

    /// <summary>Unit of the levels of such an alert: the silent ones of its sensors, and all of them.</summary>
    public const string Unit = "sensors";

    private const string OfSenders = "sender/";
    private const string OfPlaces = "place/";

    /// <summary>The sensors of a sender: <see cref="Sender"/>.</summary>
    public static string OfSender(string name) => OfSenders + name;

    /// <summary>The sensors at a place: <see cref="Readings.Location.Place"/>.</summary>
    public static string OfPlace(string place) => OfPlaces + place;

    /// <summary>True for a common subject, false for a sensor id.</summary>
    public static bool Is(string subject) => subject.Contains('/');

    /// <summary>True when a sensor is among those of a subject.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="place">Place of the sensor.</param>
    /// <param name="sender">Name of what sends for it, if it sends changes only; else null.</param>
    public static bool Covers(string subject, string place, string? sender) =>
        subject == All || (sender is not null && subject == OfSender(sender)) || (place.Length > 0 && subject == OfPlace(place));

    /// <summary>The name of the sender or place; null for another subject.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="isPlace">True for a place.</param>
    public static string? NameOf(string subject, out bool isPlace)
    {
        isPlace = subject.StartsWith(OfPlaces, StringComparison.Ordinal);
        return isPlace ? subject[OfPlaces.Length..] : subject.StartsWith(OfSenders, StringComparison.Ordinal) ? subject[OfSenders.Length..] : null;
    }
}
