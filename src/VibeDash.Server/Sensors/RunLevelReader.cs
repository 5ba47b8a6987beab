using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Live;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Ranges;

namespace VibeDash.Server.Sensors;

/// <summary>Finds the run level in the stored levels of a sensor, for a few requests at a time. Thread-safe.</summary>
internal sealed class RunLevelReader(IDbContextFactory<VibeDashContext> contexts, ReadingStream readings, LiveState live) : IDisposable
{
    /// <summary>Maximum number of readings, of the newest.</summary>
    public const int MaximumReadings = 1_000_000;

    /// <summary>How far back, by event time.</summary>
    public static readonly TimeSpan History = TimeSpan.FromDays(90);

    private const int MaximumRequests = 2;

    private readonly SemaphoreSlim _requests = new(MaximumRequests);

    /// <summary>The run level; null for an unknown sensor.</summary>
    public async Task<RunLevelProposal?> ReadAsync(string sensorId, CancellationToken cancellationToken)
    {
        if (live.Find(sensorId) is not { } sensor)
            return null;
        await _requests.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Read(sensor, cancellationToken), cancellationToken);
        }
        finally
        {
            _requests.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _requests.Dispose();

    private RunLevelProposal Read(SensorSnapshot sensor, CancellationToken cancellationToken)
    {
        using var context = contexts.CreateDbContext();
        var key = context.Sensors.Where(row => row.SensorId == sensor.SensorId).Select(row => row.Key).Single();
        var (from, to) = (sensor.Timestamp - History, sensor.Timestamp);
        if (readings.Count(key, from, to) is > MaximumReadings and var count)
            from = to - (History * ((double)MaximumReadings / count));

        var levels = new List<double>();
        var (first, last) = (0L, 0L);
        foreach (var portion in readings.Read(key, from, to))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < portion.Count && levels.Count < MaximumReadings; i++)
            {
                if (portion.Qualities[i] != ReadingQuality.Good || portion.Units[i] != sensor.Unit)
                    continue;
                if (levels.Count == 0)
                    first = portion.Timestamps[i];
                levels.Add(portion.Levels[i]);
                last = portion.Timestamps[i];
            }
        }

        var proposal = RunLevelProposal.Of(sensor.Unit, levels);
        return levels.Count == 0 ? proposal : proposal with { From = UnixMicroseconds.To(first), To = UnixMicroseconds.To(last) };
    }
}
