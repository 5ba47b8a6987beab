namespace VibeDash.Core.Contract;

/// <summary>The fleet and the settings of its sensors.</summary>
/// <remarks>Every method throws <see cref="HttpRequestException"/> when the server cannot be reached or fails.</remarks>
public interface ISensorApi
{
    /// <summary>The current state of all sensors, connections and alerts.</summary>
    Task<FleetSnapshot> GetFleetAsync(CancellationToken cancellationToken = default);

    /// <summary>One sensor; null when it is not known.</summary>
    Task<SensorSnapshot?> GetSensorAsync(string sensorId, CancellationToken cancellationToken = default);

    /// <summary>Changes the labels and the baseline of a sensor.</summary>
    /// <returns>The settings as they were stored.</returns>
    Task<Answer<SensorSettings>> SetSensorAsync(string sensorId, SensorSettings settings, Actor actor, CancellationToken cancellationToken = default);
}
