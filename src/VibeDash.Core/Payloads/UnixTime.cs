using System.Globalization;
using System.Text.Json;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>Parses Unix timestamps.</summary>
internal static class UnixTime
{
    // Decimal, because a double is too coarse for microseconds of present times.
    private static readonly decimal LastTick = DateTimeOffset.MaxValue.Ticks - DateTimeOffset.UnixEpoch.Ticks;

    /// <summary>Parses a JSON number, or a string with one.</summary>
    public static DateTimeOffset Read(JsonElement element, string field, TimestampFormat format, DateTimeOffset receivedAt)
    {
        var text = element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();
        if (element.ValueKind is not (JsonValueKind.String or JsonValueKind.Number)
            || !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            throw new RejectedException(RejectionReason.InvalidTimestamp, $"{field} must be a number, as its format is {format}.");

        var unit = format switch
        {
            TimestampFormat.UnixSeconds => TimeSpan.TicksPerSecond,
            TimestampFormat.UnixMilliseconds => TimeSpan.TicksPerMillisecond,
            _ => TimeSpan.TicksPerMicrosecond,
        };
        if (number < 0 || number > LastTick / unit)
            throw EventRules.OutOfBounds(field, receivedAt);
        return EventRules.InBounds(DateTimeOffset.UnixEpoch.AddTicks((long)(number * unit)), field, receivedAt);
    }
}
