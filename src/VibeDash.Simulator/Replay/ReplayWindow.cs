using System.Text;
using VibeDash.Core.Readings;
using VibeDash.Demo.Events;
using VibeDash.Simulator.Sending;

namespace VibeDash.Simulator.Replay;

/// <summary>The latest events of a replay, numbered in the order of the file: those that may be in flight and the next one. Not thread-safe.</summary>
/// <param name="size">Maximum number of events in flight.</param>
internal sealed class ReplayWindow(int size) : IEventSource
{
    private readonly (byte[] Topic, byte[] Payload, string EventId)[] _events = new (byte[], byte[], string)[size + 1];
    private long _next;

    /// <summary>Adds an event.</summary>
    /// <returns>The number of the event.</returns>
    public long Add(VibrationEvent replayed)
    {
        var topic = Encoding.UTF8.GetBytes(EventTopic.Of(replayed.Reading.SensorId));
        _events[_next % _events.Length] = (topic, EventPayload.Write(replayed), replayed.Reading.EventId);
        return _next++;
    }

    /// <inheritdoc/>
    public bool Has(long number) => number < _next && number >= _next - _events.Length;

    /// <inheritdoc/>
    public string EventIdOf(long number) => _events[number % _events.Length].EventId;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> TopicOf(long number) => _events[number % _events.Length].Topic;

    /// <inheritdoc/>
    public int MaximumPayloadLengthOf(long number) => _events[number % _events.Length].Payload.Length;

    /// <inheritdoc/>
    public int WritePayload(long number, Span<byte> payload)
    {
        var written = _events[number % _events.Length].Payload;
        written.CopyTo(payload);
        return written.Length;
    }
}
