using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Live;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Refusals;
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
    IHttpContextAccessor request,
    TimeProvider time) : ISensorApi
{
    private Sight Sight => Sight.Of(request);

    /// <inheritdoc/>
    public Task<FleetSnapshot> GetFleetAsync(CancellationToken cancellationToken = default) => Task.FromResult(live.Snapshot(time.GetUtcNow(), status.Read(), Sight.Limit));

    /// <inheritdoc/>
    public Task<SensorSnapshot?> GetSensorAsync(string sensorId, CancellationToken cancellationToken = default) => Task.FromResult(Sees(sensorId) ? live.Find(sensorId) : null);

    /// <inheritdoc/>
    public async Task<SensorExtent?> GetExtentAsync(string sensorId, CancellationToken cancellationToken = default)
    {
        if (!Sees(sensorId))
            return null;
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
    public Task<RunLevelProposal?> ProposeRunLevelAsync(string sensorId, CancellationToken cancellationToken = default) =>
        Sees(sensorId) ? runLevels.ReadAsync(sensorId, cancellationToken) : Task.FromResult<RunLevelProposal?>(null);

    /// <inheritdoc/>
    public Task<HistoryEvaluation?> GetHistoryEvaluationAsync(CancellationToken cancellationToken = default) => Task.FromResult(evaluations.Latest is { } run && Sees(run.SensorId) ? run : null);

    /// <inheritdoc/>
    public Task<Answer<HistoryEvaluation>> EvaluateHistoryAsync(string sensorId, Actor actor, CancellationToken cancellationToken = default) =>
        !Sees(sensorId) ? Refused(RefusalCode.SensorUnknown, sensorId)
        : evaluations.UnderWay is { } busy && !Sees(busy) ? Refused(RefusalCode.HistoryEvaluationUnderWay, "another sensor")
        : evaluations.StartAsync(sensorId, actor, cancellationToken);

    private static Task<Answer<HistoryEvaluation>> Refused(RefusalCode code, string argument) => Task.FromResult<Answer<HistoryEvaluation>>(Refusal.Of(code, argument));

    private bool Sees(string sensorId) => Sight.IsWhole || Sight.Includes(live.LocationOf(sensorId));
}
