using System.Globalization;

namespace VibeDash.Core.Payloads;

/// <summary>
/// Event ids for readings that come without one. Sensor and timestamp are in a reading's key as it is, so the level is all that has to be
/// added for the same reading to have the same key again.
/// </summary>
internal static class DerivedEventId
{
    /// <summary>For a reading with a timestamp of its own: the same whoever sends it again, and how often.</summary>
    public static string Of(double level) => level.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>For a reading with the time of its arrival: the same for a delivery and its redelivery, which have the same packet identifier.</summary>
    public static string Of(double level, ushort packetId) => string.Create(CultureInfo.InvariantCulture, $"{packetId}:{level:R}");
}
