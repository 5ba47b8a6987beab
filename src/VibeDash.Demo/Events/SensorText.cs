using System.Buffers.Text;
using System.Globalization;
using System.Text;
using VibeDash.Core.Readings;

namespace VibeDash.Demo.Events;

/// <summary>
/// The constant parts of a sensor's events as bytes, so that writing an event is little more than copying. The result equals that of
/// <see cref="EventPayload"/>. Immutable, thread-safe.
/// </summary>
internal sealed class SensorText
{
    private readonly double _baseline;
    private readonly byte[] _beforeId;
    private readonly byte[] _beforeTimestamp;
    private readonly byte[] _beforeLevel;
    private readonly byte[] _beforeDifference;
    private readonly byte[] _end;
    private readonly byte[] _endWithMessage;

    /// <summary>Splits an event that <see cref="EventPayload"/> wrote for the sensor at the values that vary.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="message">The system message of the events that have one.</param>
    public SensorText(SimulatedSensor sensor, string message)
    {
        var reading = new Reading(sensor.SensorId, DateTimeOffset.UnixEpoch, new string('0', EventId.Length), sensor.Baseline, sensor.Baseline, SimulatedSensor.Unit);
        var text = Encoding.UTF8.GetString(EventPayload.Write(new(reading, sensor.Facts, message)));

        Topic = Encoding.UTF8.GetBytes(EventTopic.Of(sensor.SensorId));
        _baseline = sensor.Baseline;
        var position = 0;
        _beforeId = TextBefore("\"eventId\":\"", '"');
        _beforeTimestamp = TextBefore("\"timestamp\":\"", '"');
        _beforeLevel = TextBefore("\"vibrationLevel\":", ',');
        _beforeDifference = TextBefore("\"difference\":", '}');
        _endWithMessage = Encoding.UTF8.GetBytes(text[position..]);
        var tail = text.IndexOf(",\"systemMessage\":", position, StringComparison.Ordinal);
        _end = Encoding.UTF8.GetBytes(text[position..tail] + "}");

        // Returns the text up to a value and skips the value.
        byte[] TextBefore(string name, char afterValue)
        {
            var value = text.IndexOf(name, position, StringComparison.Ordinal) + name.Length;
            var part = Encoding.UTF8.GetBytes(text[position..value]);
            position = text.IndexOf(afterValue, value);
            return part;
        }
    }

    /// <summary>The topic of the sensor, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Topic { get; }

    /// <summary>Maximum length of a payload, in bytes.</summary>
    public int MaximumLength =>
        _beforeId.Length + EventId.Length + _beforeTimestamp.Length + 40 + _beforeLevel.Length + 32 + _beforeDifference.Length + 32 + _endWithMessage.Length;

    /// <summary>Writes the payload of an event.</summary>
    /// <param name="measurement">A measurement of this sensor.</param>
    /// <param name="eventIds">The sequence that the event id is made from.</param>
    /// <param name="payload">At least <see cref="MaximumLength"/> bytes.</param>
    /// <returns>Number of bytes written.</returns>
    public int Write(in Measurement measurement, Noise eventIds, Span<byte> payload)
    {
        var length = 0;
        Copy(_beforeId, payload, ref length);
        EventId.Write(eventIds, measurement.Slot, payload[length..]);
        length += EventId.Length;
        Copy(_beforeTimestamp, payload, ref length);
        Write(measurement.Timestamp, payload, ref length);
        Copy(_beforeLevel, payload, ref length);
        Write(measurement.Level, payload, ref length);
        Copy(_beforeDifference, payload, ref length);
        Write(Math.Round(measurement.Level - _baseline, EventPayload.DifferenceDecimals), payload, ref length);
        Copy(measurement.Exceeds ? _endWithMessage : _end, payload, ref length);
        return length;
    }

    private static void Copy(byte[] part, Span<byte> payload, ref int length)
    {
        part.CopyTo(payload[length..]);
        length += part.Length;
    }

    private static void Write(double number, Span<byte> payload, ref int length)
    {
        number.TryFormat(payload[length..], out var written, provider: CultureInfo.InvariantCulture);
        length += written;
    }

    // As the JSON writer formats it: without trailing zeros.
    private static void Write(DateTimeOffset timestamp, Span<byte> payload, ref int length)
    {
        Utf8Formatter.TryFormat(timestamp.UtcDateTime, payload[length..], out var written, 'O');
        var end = length + written - 1;
        while (payload[end - 1] == (byte)'0' && payload[end - 2] != (byte)':')
            end--;
        if (payload[end - 1] == (byte)'.')
            end--;
        payload[end] = (byte)'Z';
        length = end + 1;
    }
}
