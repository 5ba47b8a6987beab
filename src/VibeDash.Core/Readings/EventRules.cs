using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace VibeDash.Core.Readings;

/// <summary>
/// Validation of readings, independent of the payload's shape. Each check returns the normalised value or throws
/// <see cref="RejectedException"/>; <c>field</c> is the name known to the sender.
/// </summary>
internal static class EventRules
{
    /// <summary>Checks length and UTF-8, and removes the byte order mark.</summary>
    public static ReadOnlySpan<byte> Utf8Text(ReadOnlySpan<byte> payload)
    {
        Size(payload.Length);
        if (payload.StartsWith(Encoding.UTF8.Preamble))
            payload = payload[Encoding.UTF8.Preamble.Length..];
        return Utf8.IsValid(payload) ? payload : throw new RejectedException(RejectionReason.InvalidEncoding, "The payload is not UTF-8.");
    }

    /// <summary>Checks the limit <see cref="VibrationEventParser.MaximumPayloadBytes"/>.</summary>
    public static void Size(long bytes)
    {
        if (bytes > VibrationEventParser.MaximumPayloadBytes)
            throw new RejectedException(
                RejectionReason.PayloadTooLarge, $"The payload has {bytes:N0} bytes; the limit is {VibrationEventParser.MaximumPayloadBytes:N0}.");
    }

    public static string SensorId(string? id, string field)
    {
        if (id is null)
            throw Missing(field);
        if (!Readings.SensorId.IsValid(id))
            throw new RejectedException(
                RejectionReason.InvalidSensorId,
                $"{field} must be 1 to {Readings.SensorId.MaximumLength} letters, digits, inner spaces or - _ . : with a letter or digit among them.");
        return id;
    }

    /// <summary>Parses ISO 8601 with a zone and checks it with <see cref="InBounds"/>.</summary>
    public static DateTimeOffset Timestamp(string text, string field, DateTimeOffset receivedAt)
    {
        if (text.Length < 16 || text[4] != '-' || text[10] != 'T'
            || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var naive)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var timestamp))
            throw new RejectedException(RejectionReason.InvalidTimestamp, $"{field} is not ISO 8601, for example 2023-09-29T16:30:25Z.");
        if (naive.Kind == DateTimeKind.Unspecified)
            throw new RejectedException(RejectionReason.TimestampWithoutZone, $"{field} must end in Z or an offset such as +02:00.");
        return InBounds(timestamp, field, receivedAt);
    }

    /// <summary>Checks that a time is not before <see cref="VibrationEventParser.EarliestTimestamp"/> nor too far ahead; returns it in UTC and whole microseconds.</summary>
    public static DateTimeOffset InBounds(DateTimeOffset timestamp, string field, DateTimeOffset receivedAt)
    {
        if (timestamp < VibrationEventParser.EarliestTimestamp || timestamp > receivedAt + VibrationEventParser.MaximumLead)
            throw OutOfBounds(field, receivedAt);
        return WholeMicroseconds(timestamp);
    }

    public static RejectedException OutOfBounds(string field, DateTimeOffset receivedAt) => new(
        RejectionReason.TimestampOutOfRange,
        $"{field} must lie between {VibrationEventParser.EarliestTimestamp:yyyy-MM-dd} and {VibrationEventParser.MaximumLead.TotalMinutes:0} minutes after the server's clock ({receivedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}).");

    /// <summary>Precision of the history: an event must have the same timestamp live and when read back.</summary>
    public static DateTimeOffset WholeMicroseconds(DateTimeOffset timestamp) =>
        new(timestamp.UtcTicks - (timestamp.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>Checks the length, and that there are no control characters other than tab and line breaks.</summary>
    public static string Text(string text, string field, int maximumLength)
    {
        if (text.Length > maximumLength)
            throw new RejectedException(RejectionReason.InvalidField, $"{field} has {text.Length:N0} characters; the limit is {maximumLength:N0}.");
        return !HasControl(text) ? text : throw new RejectedException(RejectionReason.InvalidField, $"{field} holds a control character.");
    }

    /// <summary>
    /// A unit, which never costs a reading: beyond <see cref="VibrationEventParser.MaximumUnitLength"/> it is cut, and control characters become spaces.
    /// </summary>
    public static string Unit(string text)
    {
        const int Maximum = VibrationEventParser.MaximumUnitLength;
        if (text.Length <= Maximum && !HasControl(text))
            return text;
        var length = Math.Min(text.Length, Maximum);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
            length--;
        return string.Create(length, text, static (unit, text) =>
        {
            for (var i = 0; i < unit.Length; i++)
                unit[i] = IsControl(text[i]) ? ' ' : text[i];
        });
    }

    private static bool HasControl(string text)
    {
        foreach (var c in text)
        {
            if (IsControl(c))
                return true;
        }

        return false;
    }

    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\r' or '\t');

    public static string Required(string? text, string field) =>
        !string.IsNullOrWhiteSpace(text) ? text : throw new RejectedException(RejectionReason.MissingField, $"{field} is missing or blank.");

    /// <summary>Checks that a number is finite and not beyond <see cref="Reading.MaximumLevel"/>.</summary>
    public static double Bounded(double number, string field) =>
        !double.IsFinite(number) ? throw NotFinite(field)
        : Math.Abs(number) <= Reading.MaximumLevel ? number
        : throw new RejectedException(RejectionReason.InvalidNumber, $"{field} must not be beyond {Reading.MaximumLevel:N0}.");

    /// <summary>A level, with a sign as its source has it. Minus zero becomes zero.</summary>
    public static double Level(double? number, LevelSign sign, string field) => number switch
    {
        null => throw Missing(field),
        >= 0 => number.Value + 0.0,
        _ when sign == LevelSign.AsSent => number.Value,
        _ when sign == LevelSign.Absolute => -number.Value,
        _ => throw new RejectedException(RejectionReason.InvalidNumber, $"{field} must not be negative, unless its source has Absolute or Signed."),
    };

    /// <summary>A baseline. It is never negative: one that is so among signed levels is 0, unknown, since no multiple of it means anything.</summary>
    public static double Baseline(double? number, LevelSign sign, string field) =>
        sign == LevelSign.AsSent && number < 0 ? 0 : Level(number, sign, field);

    public static RejectedException NotFinite(string field) => new(RejectionReason.InvalidNumber, $"{field} must be a finite number.");

    public static RejectedException Missing(string field) => new(RejectionReason.MissingField, $"{field} is missing.");
}
