using System.Threading.Channels;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Ranges;

namespace VibeDash.Server.Sensors;

/// <summary>
/// Evaluates the stored readings of a sensor anew, one sensor at a time, beside the event loop: that gets only what was found, a few alerts at a time.
/// Thread-safe.
/// </summary>
internal sealed partial class HistoryEvaluations(
    ReadingStream readings, EventQueue queue, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<HistoryEvaluations> logger)
{
    // Limits the delay of live events.
    private const int PortionAlerts = 50;

    private readonly Lock _lock = new();
    private HistoryEvaluation? _run;
    private string? _starting;

    /// <summary>The evaluation in progress, or the last one; null when there was none since the server started.</summary>
    public HistoryEvaluation? Latest
    {
        get
        {
            lock (_lock)
                return _run;
        }
    }

    /// <summary>The sensor whose evaluation is in progress or about to begin; null when there is none.</summary>
    public string? UnderWay
    {
        get
        {
            lock (_lock)
                return _starting ?? (_run is { EndedAt: null } ? _run.SensorId : null);
        }
    }

    private DateTimeOffset Now => UnixMicroseconds.Now(time);

    /// <summary>Starts one.</summary>
    public async Task<Answer<HistoryEvaluation>> StartAsync(string sensorId, Actor actor, CancellationToken cancellationToken)
    {
        // Before the inputs are taken: from then on the sensor stays what it is.
        lock (_lock)
        {
            if (UnderWay is { } busy)
                return Refusal.Of(RefusalCode.HistoryEvaluationUnderWay, busy);
            _starting = sensorId;
        }

        try
        {
            var answer = await queue.ExecuteAsync(new EvaluateHistoryCommand(sensorId, actor, Now), cancellationToken);
            if (answer.Refusal is { } refusal)
                return refusal;

            var inputs = answer.Value!;
            var run = new HistoryEvaluation(sensorId, actor.Name, time.GetUtcNow(), null, readings.Count(inputs.Key, DateTimeOffset.UnixEpoch, inputs.To));
            lock (_lock)
                _run = run;
            _ = Task.Run(() => RunAsync(inputs, actor, lifetime.ApplicationStopping), CancellationToken.None);
            return run;
        }
        finally
        {
            lock (_lock)
                _starting = null;
        }
    }

    private async Task RunAsync(PastInputs inputs, Actor actor, CancellationToken stopping)
    {
        RunFault? fault = null;
        try
        {
            fault = await EvaluateAsync(inputs, actor, stopping);
        }
        catch (Exception ended) when (ended is OperationCanceledException or ChannelClosedException)
        {
            fault = RunFault.Of(RunFaultCode.ServerStopping);
        }
        catch (Exception failed)
        {
            LogFailed(failed, inputs.SensorId);
            fault = RunFault.Of(RunFaultCode.Failed, StorageFault.Describe(failed));
        }

        Report(run => run with { EndedAt = time.GetUtcNow(), Fault = fault });
    }

    private async Task<RunFault?> EvaluateAsync(PastInputs inputs, Actor actor, CancellationToken stopping)
    {
        var evaluator = new PastEvaluator(inputs.Rules);
        foreach (var portion in readings.Read(inputs.Key, DateTimeOffset.UnixEpoch, inputs.To))
        {
            stopping.ThrowIfCancellationRequested();
            for (var i = 0; i < portion.Count; i++)
            {
                if (portion.Qualities[i] == ReadingQuality.Good && inputs.ToEvaluate(portion, i) is { } evaluated)
                    evaluator.Evaluate(evaluated);
            }

            var count = portion.Count;
            Report(run => run with { Readings = run.Readings + count });
            if (evaluator.Over.Count >= PortionAlerts && !await BackfillAsync(evaluator, inputs, actor, stopping))
                return RunFault.Of(RunFaultCode.TooManyFound, HistoryEvaluation.MaximumAlerts);
        }

        if (!await BackfillAsync(evaluator, inputs, actor, stopping))
            return RunFault.Of(RunFaultCode.TooManyFound, HistoryEvaluation.MaximumAlerts);
        if (evaluator.HoldsSince is { } since)
        {
            // Those since then are evaluated again in the event loop, at most as many as late ones.
            var first = readings.Count(inputs.Key, since, inputs.To) < LateReadings.Maximum / 2 ? since : inputs.To;
            var raised = await queue.ExecuteAsync(new RaiseHeldCommand(inputs.SensorId, inputs.Key, first, actor, Now), stopping);
            ThrowIfGone(raised);
            Report(run => run with { Raised = raised });
        }

        return null;
    }

    // False when more was found than is recorded.
    private async Task<bool> BackfillAsync(PastEvaluator evaluator, PastInputs inputs, Actor actor, CancellationToken stopping)
    {
        foreach (var over in evaluator.Over.Chunk(PortionAlerts))
        {
            var room = HistoryEvaluation.MaximumAlerts - Latest!.Backfilled;
            var count = await queue.ExecuteAsync(new BackfillCommand(inputs.SensorId, inputs.Key, [.. over.Take(room)], actor, Now), stopping);
            ThrowIfGone(count);
            Report(run => run with { Backfilled = run.Backfilled + count });
            if (over.Length > room)
                return false;
        }

        evaluator.Over.Clear();
        return true;
    }

    private static void ThrowIfGone(int count)
    {
        if (count < 0)
            throw new InvalidOperationException("The sensor was renamed, merged or deleted meanwhile.");
    }

    private void Report(Func<HistoryEvaluation, HistoryEvaluation> change)
    {
        lock (_lock)
            _run = change(_run!);
    }

    [LoggerMessage(LogLevel.Error, "The evaluation of the history of {SensorId} failed")]
    private partial void LogFailed(Exception fault, string sensorId);
}
