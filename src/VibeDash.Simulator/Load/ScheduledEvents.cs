using VibeDash.Demo.Events;
using VibeDash.Simulator.Sending;

namespace VibeDash.Simulator.Load;

/// <summary>The events of a schedule, numbered by slot. Thread-safe.</summary>
internal sealed class ScheduledEvents(EventSchedule schedule) : IEventSource
{
    /// <inheritdoc/>
    public bool Has(long number) => schedule.MeasurementAt(number) is not null;

    /// <inheritdoc/>
    public string EventIdOf(long number) => schedule.EventIdOf(number);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> TopicOf(long number) => schedule.TopicOf(schedule.SensorOf(number));

    /// <inheritdoc/>
    public int MaximumPayloadLengthOf(long number) => schedule.MaximumPayloadLengthOf(schedule.SensorOf(number));

    /// <inheritdoc/>
    public int WritePayload(long number, Span<byte> payload) => schedule.WritePayload(schedule.MeasurementAt(number)!.Value, payload);
}
