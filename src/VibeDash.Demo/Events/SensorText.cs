using System.Buffers.Text;
using System.Globalization;
using System.Text;
using VibeDash.Core.Readings;

namespace VibeDash.Demo.Events;

/// <summary>
/// What all events of one sensor have in common, as bytes: writing an event then takes little more than copying. Gives what
/// <see cref="EventPayload"/> gives. Immutable, thread-safe.
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

    /// <summary>Takes the text apart that <see cref="EventPayload"/> writes for this sensor.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="message">The system message of those events that have one.</param>
    public SensorText(SimulatedSensor sensor, string message)
    {
        var reading = new Reading(sensor.SensorId, DateTimeOffset.UnixEpoch, new string('0', EventId.Length), sensor.Baseline, sensor.Baseline, SimulatedSensor.Unit);
        var text = Encoding.UTF8.GetString(EventPayload.Write(new(reading, sensor.Facts, message)));

        Topic = Encoding.UTF8.GetBytes(EventTopic.Of(sensor.SensorId));
        _baseline = sensor.Baseline;
        var position = 0;
        _beforeId = Until("\"eventId\":\"", '"');
        _beforeTimestamp = Until("\"timestamp\":\"", '"');
        _beforeLevel = Until("\"vibrationLevel\":", ',');
        _beforeDifference = Until("\"difference\":", '}');
        _endWithMessage = Encoding.UTF8.GetBytes(text[position..]);
        var tail = text.IndexOf(",\"systemMessage\":", position, StringComparison.Ordinal);
        _end = Encoding.UTF8.GetBytes(text[position..tail] + "}");

        // Up to a value, which is passed over.
        byte[] Until(string name, char afterValue)
        {
            var value = text.IndexOf(name, position, StringComparison.Ordinal) + name.Length;
            var part = Encoding.UTF8.GetBytes(text[position..value]);
            position = text.IndexOf(afterValue, value);
            return part;
        }
    }

    /// <summary>The topic this sensor publishes to.</summary>
    public ReadOnlyMemory<byte> Topic { get; }

    /// <summary>Longest payload, in bytes.</summary>
    public int MaximumLength =>
        _beforeId.Length + EventId.Length + _beforeTimestamp.Length + 40 + _beforeLevel.Length + 32 + _beforeDifference.Length + 32 + _endWithMessage.Length;

    /// <summary>Writes the payload of an event.</summary>
    /// <param name="measurement">The measurement, of this sensor.</param>
    /// <param name="eventIds">Where its id comes from.</param>
    /// <param name="payload">At least <see cref="MaximumLength"/> bytes.</param>
    /// <returns>How many bytes it takes.</returns>
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

    // As JSON has it: no more decimals than there are.
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
