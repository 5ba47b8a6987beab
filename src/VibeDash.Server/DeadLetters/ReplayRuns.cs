using System.Threading.Channels;
using VibeDash.Core.Contract;
using VibeDash.Server.Storage;

namespace VibeDash.Server.DeadLetters;

/// <summary>Replays many dead letters, independently of the request that starts the run; one run at a time. Thread-safe.</summary>
internal sealed partial class ReplayRuns(
    Replayer replayer, DeadLetterReader letters, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ReplayRuns> logger)
{
    private readonly Lock _lock = new();
    private ReplayRun? _run;

    /// <summary>The run in progress, or the last one; null when there was none since the server started.</summary>
    public ReplayRun? Latest
    {
        get
        {
            lock (_lock)
                return _run;
        }
    }

    /// <summary>Starts a run over the letters that exist now.</summary>
    /// <returns>The run, and whether it was started: false when another one is in progress.</returns>
    public async Task<(ReplayRun Run, bool Started)> StartAsync(DeadLetterSelection selection, Actor actor, CancellationToken cancellationToken)
    {
        var (count, lastId) = await letters.CountReplayableAsync(selection, cancellationToken);
        var run = new ReplayRun(selection, time.GetUtcNow(), null, count);
        lock (_lock)
        {
            if (_run is { EndedAt: null } other)
                return (other, false);
            _run = run;
        }

        _ = Task.Run(() => RunAsync(selection, lastId, actor, lifetime.ApplicationStopping), CancellationToken.None);
        return (run, true);
    }

    private async Task RunAsync(DeadLetterSelection selection, long lastId, Actor actor, CancellationToken stopping)
    {
        RunFault? fault = null;
        try
        {
            await replayer.ReplayAsync(selection, lastId, actor, Count, stopping);
        }
        catch (Exception ended) when (ended is OperationCanceledException or ChannelClosedException)
        {
            fault = RunFault.Of(RunFaultCode.ServerStopping);
        }
        catch (Exception failed)
        {
            LogRunFailed(failed);
            fault = RunFault.Of(RunFaultCode.Failed, StorageFault.Describe(failed));
        }

        lock (_lock)
            _run = _run! with { EndedAt = time.GetUtcNow(), Fault = fault };
    }

    private void Count(ReplayResult[] results)
    {
        lock (_lock)
        {
            _run = _run! with
            {
                Accepted = _run.Accepted + results.Count(result => result.Outcome == ReplayOutcome.Accepted),
                Refused = _run.Refused + results.Count(result => result.Outcome == ReplayOutcome.Refused),
                StoredReadings = _run.StoredReadings + results.Sum(result => result.Stored),
            };
        }
    }

    [LoggerMessage(LogLevel.Error, "A replay of dead letters ended early")]
    private partial void LogRunFailed(Exception fault);
}
