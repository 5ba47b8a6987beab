using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace VibeDash.Simulator.Replay;

/// <summary>The column with the timestamp of a row. Immutable.</summary>
public sealed record TimestampColumn
{
    /// <summary>ISO 8601, with a <c>T</c> or a space before the time.</summary>
    public const string Iso = "iso";

    /// <summary>Seconds since the epoch, with or without decimals.</summary>
    public const string Seconds = "seconds";

    /// <summary>Milliseconds since the epoch, with or without decimals.</summary>
    public const string Milliseconds = "milliseconds";

    private static readonly DateTime Sample = new(2023, 12, 29, 16, 30, 25);

    private TimestampColumn(string column, string format, DateTimeOffset epoch) => (Column, Format, Epoch) = (column, format, epoch);

    /// <summary>Name of the column.</summary>
    public string Column { get; }

    /// <summary><see cref="Iso"/>, <see cref="Seconds"/>, <see cref="Milliseconds"/> or a .NET format. A timestamp without a time zone is UTC.</summary>
    public string Format { get; }

    /// <summary>The start of the count for seconds and milliseconds.</summary>
    public DateTimeOffset Epoch { get; }

    /// <summary>Creates a column; null when <paramref name="format"/> is invalid or lacks the date or the time.</summary>
    public static TimestampColumn? Create(string column, string format, DateTimeOffset epoch) =>
        format is Iso or Seconds or Milliseconds || GivesDateAndTime(format) ? new(column, format, epoch) : null;

    /// <summary>Parses a cell.</summary>
    public bool TryRead(string text, out DateTimeOffset timestamp)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        timestamp = default;
        return Format switch
        {
            Iso => text.Length >= 16 && text[4] == '-' && text[10] is 'T' or ' ' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out timestamp),
            Seconds => TryCount(text, TimeSpan.TicksPerSecond, out timestamp),
            Milliseconds => TryCount(text, TimeSpan.TicksPerMillisecond, out timestamp),
            _ => DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, Utc, out timestamp),
        };
    }

    /// <summary>Parses ISO 8601.</summary>
    internal static bool TryReadIso(string text, [NotNullWhen(true)] out DateTimeOffset? timestamp)
    {
        timestamp = new TimestampColumn("", Iso, DateTimeOffset.UnixEpoch).TryRead(text, out var read) ? read : null;
        return timestamp is not null;
    }

    // Parsing with a format that has no date would give the date of today.
    private static bool GivesDateAndTime(string format)
    {
        try
        {
            return DateTime.TryParseExact(Sample.ToString(format, CultureInfo.InvariantCulture), format, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var read)
                && read.Date == Sample.Date && read.Hour == Sample.Hour;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    // Decimal, because a double since 1970 is too coarse for microseconds.
    private bool TryCount(string text, long ticks, out DateTimeOffset timestamp)
    {
        timestamp = default;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var count)
            || Math.Abs(count) > DateTimeOffset.MaxValue.Ticks / ticks
            || decimal.Truncate(count * ticks) + Epoch.UtcTicks is not (>= 0 and var sum) || sum > DateTimeOffset.MaxValue.Ticks)
            return false;
        timestamp = new((long)sum, TimeSpan.Zero);
        return true;
    }
}
