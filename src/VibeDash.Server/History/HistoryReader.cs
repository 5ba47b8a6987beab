using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.ObjectPool;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Live;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Ranges;

namespace VibeDash.Server.History;

/// <summary>Queries ranges of readings. Thread-safe; neither readers nor the writer wait for each other.</summary>
internal sealed class HistoryReader(IDbContextFactory<VibeDashContext> contexts, LiveState live, CommitGate gate, TimeProvider time) : IDisposable
{
    /// <summary>Maximum buckets per answer.</summary>
    public const int MaximumPoints = 2000;

    private readonly ObjectPool<HistoryConnection> _connections = new DefaultObjectPoolProvider().Create(new Opening(contexts));

    /// <summary>The readings of several sensors in one range, in the order of the request, without unknown sensors.</summary>
    /// <param name="sensorIds">The sensors.</param>
    /// <param name="from">Start, inclusive; before <paramref name="to"/>.</param>
    /// <param name="to">End, inclusive; null for now, or for the newest reading when that is ahead of the server's clock.</param>
    /// <param name="points">Maximum buckets per sensor, 2 to <see cref="MaximumPoints"/>.</param>
    /// <param name="cancellationToken">Cancels between two sensors.</param>
    public TrendHistory[] Read(IReadOnlyCollection<string> sensorIds, DateTimeOffset from, DateTimeOffset? to, int points, CancellationToken cancellationToken)
    {
        var connection = _connections.Get();
        var isGood = false;
        try
        {
            var histories = Read(connection, sensorIds, from, to, points, cancellationToken);
            isGood = true;
            return histories;
        }
        finally
        {
            // A connection with a disk fault may keep failing.
            if (isGood)
                _connections.Return(connection);
            else
                connection.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => (_connections as IDisposable)?.Dispose();

    private TrendHistory[] Read(
        HistoryConnection connection, IReadOnlyCollection<string> sensorIds, DateTimeOffset from, DateTimeOffset? to, int points, CancellationToken cancellationToken)
    {
        using var snapshot = connection.Begin();
        var end = to ?? time.GetUtcNow();
        var latest = end + VibrationEventParser.MaximumLead;
        var sensors = new List<(string SensorId, int Key, long Sequence, SensorSnapshot? Present)>(sensorIds.Count);
        gate.Run(() =>
        {
            foreach (var sensorId in sensorIds)
            {
                if (connection.Find(sensorId) is not { } key)
                    continue;
                var sensor = live.Find(sensorId);
                sensors.Add((sensorId, key, to is null ? sensor?.Sequence ?? 0 : 0, sensor));

                // All readings counted by the sequence must be in the answer, and those that wait for the clock are drawn, too: within the limit for readings.
                if (to is null && connection.Newest(key, UnixMicroseconds.From(end), UnixMicroseconds.From(latest)) is { } newest)
                    end = UnixMicroseconds.To(newest);
            }
        });

        var width = BucketWidth.For(end - from, points);
        var histories = new List<TrendHistory>(sensors.Count);
        foreach (var (sensorId, key, sequence, present) in sensors)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = connection.Buckets(key, UnixMicroseconds.From(from), UnixMicroseconds.From(end), width, present?.Unit);
            var alerts = connection.Alerts(sensorId, from, end);
            histories.Add(new(sensorId, from, end, found.Width, sequence, found.Buckets, alerts)
            {
                Unit = found.Unit,
                Cuts = found.Cuts,
                Limits = present is null ? [] : connection.Limits(key, from, end, found.Unit, LimitsOf(present)),
                Spans = connection.Spans(alerts, from, end),
                Notes = connection.Notes(sensorId, from, end),
                NotGood = connection.BadMinutes(key, UnixMicroseconds.From(from), UnixMicroseconds.From(end), found.Width),
            });
        }

        return [.. histories];
    }

    // In force now: a baseline that a person set or that was learned since the latest reading, too.
    private LimitsInForce LimitsOf(SensorSnapshot sensor) => new(
        sensor.Unit,
        sensor.BaselineInForce is { Level: { } level, Unit: var unit } && VibrationUnit.TryConvert(level, unit, sensor.Unit, out var baseline) ? baseline : sensor.Baseline,
        [.. live.Book.Explain(sensor.SensorId, sensor.Facts, sensor.Labels ?? [], sensor.Unit).SelectMany(match => match.Thresholds)]);

    private sealed class Opening(IDbContextFactory<VibeDashContext> contexts) : PooledObjectPolicy<HistoryConnection>
    {
        public override HistoryConnection Create() => new(contexts);

        public override bool Return(HistoryConnection obj) => true;
    }
}
