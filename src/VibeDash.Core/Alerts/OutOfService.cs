using VibeDash.Core.Readings;

namespace VibeDash.Core.Alerts;

/// <summary>A sensor or machine whose alerts require no action until a user returns it to service.</summary>
/// <param name="Id">Number, from 1.</param>
/// <param name="SensorId">The sensor, or null for a machine.</param>
/// <param name="Machine">Full location of the machine, or null for a sensor.</param>
/// <param name="Reason">The reason.</param>
/// <param name="By">The user who took it out of service.</param>
/// <param name="At">Server time.</param>
/// <param name="ExpectedEnd">When it returns to service by itself, unless the period is extended before.</param>
public sealed record OutOfService(long Id, string? SensorId, string? Machine, string Reason, string By, DateTimeOffset At, DateTimeOffset? ExpectedEnd)
{
    /// <summary>Maximum days from a request to the end, so that nothing set aside is forgotten.</summary>
    public const int MaximumDays = 30;

    /// <summary>Server time of its return to service; null before.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }

    /// <summary>The user who returned it; null when the period ended.</summary>
    public string? ReturnedBy { get; init; }

    /// <summary>True when it applies to this sensor.</summary>
    public bool Covers(string sensorId, SensorFacts facts) =>
        SensorId == sensorId || (Machine is not null && string.Equals(Machine, facts.Location, StringComparison.OrdinalIgnoreCase));
}
