using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Live;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Status;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Sensors;

/// <summary>Sensors and their settings, for the HTTP API and for prerendering. Thread-safe.</summary>
internal sealed class SensorService(
    LiveState live,
    ServerStatusReader status,
    IDbContextFactory<VibeDashContext> contexts,
    EventQueue queue,
    RunLevelReader runLevels,
    HistoryEvaluations evaluations,
    TimeProvider time) : ISensorApi
{
    /// <inheritdoc/>
    public Task<FleetSnapshot> GetFleetAsync(CancellationToken cancellationToken = default) => Task.FromResult(live.Snapshot(time.GetUtcNow(), status.Read()));

    /// <inheritdoc/>
    public Task<SensorSnapshot?> GetSensorAsync(string sensorId, CancellationToken cancellationToken = default) => Task.FromResult(live.Find(sensorId));

    /// <inheritdoc/>
    public async Task<SensorExtent?> GetExtentAsync(string sensorId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return context.Extent(sensorId);
    }

    /// <inheritdoc/>
    public async Task<Answer<SensorExtent>> ChangeSensorAsync(string sensorId, SensorChange change, Actor actor, CancellationToken cancellationToken = default) =>
        change.Fault() is { } fault
            ? Refusal.Invalid(fault)
            : await queue.ExecuteAsync(new ChangeSensorCommand(sensorId, change, actor, UnixMicroseconds.Now(time), () => evaluations.UnderWay), cancellationToken);

    /// <inheritdoc/>
    public async Task<Answer<SensorSettings>> SetSensorAsync(string sensorId, SensorSettings settings, Actor actor, CancellationToken cancellationToken = default) =>
        settings.Fault() is { } fault
            ? Refusal.Invalid(fault)
            : await queue.ExecuteAsync(new SetSensorCommand(sensorId, settings, actor, UnixMicroseconds.Now(time)), cancellationToken);

    /// <inheritdoc/>
    public Task<RunLevelProposal?> ProposeRunLevelAsync(string sensorId, CancellationToken cancellationToken = default) => runLevels.ReadAsync(sensorId, cancellationToken);

    /// <inheritdoc/>
    public Task<HistoryEvaluation?> GetHistoryEvaluationAsync(CancellationToken cancellationToken = default) => Task.FromResult(evaluations.Latest);

    /// <inheritdoc/>
    public Task<Answer<HistoryEvaluation>> EvaluateHistoryAsync(string sensorId, Actor actor, CancellationToken cancellationToken = default) =>
        evaluations.StartAsync(sensorId, actor, cancellationToken);
}
