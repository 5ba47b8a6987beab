using System.Globalization;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>
/// Event ids for readings without one. The key of a reading already contains sensor and timestamp; adding the level gives the same reading the
/// same key each time.
/// </summary>
internal static class DerivedEventId
{
    /// <summary>For a reading with its own timestamp: the same each time it is sent, by any sender.</summary>
    public static string Of(double level, ReadingQuality quality = ReadingQuality.Good) => level.ToString("R", CultureInfo.InvariantCulture) + Suffix(quality);

    /// <summary>For a reading with its arrival time: the same for a delivery and its redelivery, which have the same packet identifier.</summary>
    public static string Of(double level, ushort packetId, ReadingQuality quality = ReadingQuality.Good) =>
        string.Create(CultureInfo.InvariantCulture, $"{packetId}:{level:R}{Suffix(quality)}");

    // A gateway that loses its device sends the last value again, with its timestamp and another quality.
    private static string Suffix(ReadingQuality quality) => quality switch
    {
        ReadingQuality.Good => "",
        ReadingQuality.Stale => "/stale",
        ReadingQuality.Uncertain => "/uncertain",
        _ => "/bad",
    };
}
