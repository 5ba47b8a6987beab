using VibeDash.Core.Readings;

namespace VibeDash.Core.Alerts;

/// <summary>A sensor or a machine whose alerts ask nobody for anything until a person returns it to service.</summary>
/// <param name="Id">Number, from 1.</param>
/// <param name="SensorId">The sensor, or null when it is a machine.</param>
/// <param name="Machine">The machine by its whole location, or null when it is a sensor.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who took it out of service.</param>
/// <param name="At">When, by the server's clock.</param>
/// <param name="ExpectedEnd">When it is expected back; past that it is shown as overdue, and stays out of service. Null when nobody knows.</param>
public sealed record OutOfService(long Id, string? SensorId, string? Machine, string Reason, string By, DateTimeOffset At, DateTimeOffset? ExpectedEnd)
{
    /// <summary>When it was returned to service; null while it is not.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }

    /// <summary>Who returned it.</summary>
    public string? ReturnedBy { get; init; }

    /// <summary>True when it is about this sensor.</summary>
    public bool Covers(string sensorId, SensorFacts facts) =>
        SensorId == sensorId || (Machine is not null && string.Equals(Machine, facts.Location, StringComparison.OrdinalIgnoreCase));
}
