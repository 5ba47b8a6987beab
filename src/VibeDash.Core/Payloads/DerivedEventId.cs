using System.Globalization;

namespace VibeDash.Core.Payloads;

/// <summary>
/// Event ids for readings without one. The key of a reading already contains sensor and timestamp; adding the level gives the same reading the
/// same key each time.
/// </summary>
internal static class DerivedEventId
{
    /// <summary>For a reading with its own timestamp: the same each time it is sent, by any sender.</summary>
    public static string Of(double level) => level.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>For a reading with its arrival time: the same for a delivery and its redelivery, which have the same packet identifier.</summary>
    public static string Of(double level, ushort packetId) => string.Create(CultureInfo.InvariantCulture, $"{packetId}:{level:R}");
}
