using VibeDash.Core.Readings;

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

    /// <summary>Finds the run level in the stored levels of a sensor; null when it is not known.</summary>
    Task<RunLevelProposal?> ProposeRunLevelAsync(string sensorId, CancellationToken cancellationToken = default);

    /// <summary>The evaluation of a sensor's history that is under way, or the last one; null when there was none since the server started.</summary>
    Task<HistoryEvaluation?> GetHistoryEvaluationAsync(CancellationToken cancellationToken = default);

    /// <summary>Starts to evaluate the stored readings of a sensor anew, by the rules and the baseline in force, in the background.</summary>
    Task<Answer<HistoryEvaluation>> EvaluateHistoryAsync(string sensorId, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>What is kept of a sensor; null when it is not known.</summary>
    Task<SensorExtent?> GetExtentAsync(string sensorId, CancellationToken cancellationToken = default);

    /// <summary>Renames a sensor, hands it over, merges it, deletes it, or releases a former id.</summary>
    /// <returns>What is kept of the sensor that it is now; of a deleted sensor what was kept.</returns>
    Task<Answer<SensorExtent>> ChangeSensorAsync(string sensorId, SensorChange change, Actor actor, CancellationToken cancellationToken = default);
}
