using VibeDash.Demo.Events;

namespace VibeDash.Simulator.Sending;

/// <summary>The events of a fleet's schedule, by slot. Thread-safe.</summary>
internal sealed class ScheduledEvents(EventSchedule schedule) : IEventSource
{
    /// <inheritdoc/>
    public bool Has(long number) => schedule.MeasurementAt(number) is not null;

    /// <inheritdoc/>
    public string EventIdOf(long number) => schedule.EventIdOf(number);

    /// <inheritdoc/>
    public void Publish(PublishConnection connection, long number, ushort packetId, bool again)
    {
        if (schedule.MeasurementAt(number) is { } measurement)
            connection.Publish(schedule, measurement, packetId, again);
    }
}
