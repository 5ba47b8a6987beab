using System.Collections.Immutable;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.People;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Live;

/// <summary>
/// The open server-sent-events connections; they receive the same messages as the hub's clients. Sending queues a message per connection and never
/// waits. Thread-safe.
/// </summary>
internal sealed class LiveStreams(LiveState live)
{
    /// <summary>Maximum concurrent connections.</summary>
    public const int Maximum = 100;

    private ImmutableArray<LiveStream> _streams = [];

    /// <summary>True when there is a connection.</summary>
    public bool Any => _streams.Length > 0;

    /// <summary>Adds a connection; it receives messages from now on.</summary>
    /// <param name="sensorId">Sensor whose ticks are requested; null for all sensors.</param>
    /// <param name="limit">The places to which the reader is limited; null for everywhere.</param>
    /// <returns>The connection, or null when there are already <see cref="Maximum"/>.</returns>
    public LiveStream? Open(string? sensorId, PlaceLimit? limit)
    {
        var stream = new LiveStream(sensorId, limit is null ? null : new PlaceView(limit, live));
        return ImmutableInterlocked.Update(ref _streams, streams => streams.Length < Maximum ? streams.Add(stream) : streams) ? stream : null;
    }

    /// <summary>Removes a connection.</summary>
    public void Close(LiveStream stream) => ImmutableInterlocked.Update(ref _streams, streams => streams.Remove(stream));

    /// <inheritdoc cref="ILiveClient.Ticks"/>
    public void Ticks(ReadOnlySpan<SensorTick> ticks)
    {
        if (!Any)
            return;
        foreach (var portion in ticks.ToArray().Chunk(LivePusher.SensorsPerMessage))
            Ticks(portion);
    }

    private void Ticks(SensorTick[] ticks)
    {
        LiveFrame? all = null;
        Dictionary<string, SensorTick>? bySensor = null;
        foreach (var stream in _streams)
        {
            if (stream.View is { } view)
                Offer(stream, stream.SensorId is null ? view.Of(ticks) : view.Of(Array.FindAll(ticks, tick => tick.SensorId == stream.SensorId)));
            else if (stream.SensorId is null)
                stream.OfferTicks(all ??= LiveFrame.Of(ticks));
            else if ((bySensor ??= ticks.ToDictionary(tick => tick.SensorId, StringComparer.Ordinal)).TryGetValue(stream.SensorId, out var tick))
                stream.OfferTicks(LiveFrame.Of([tick]));
        }
    }

    /// <inheritdoc cref="ILiveClient.SensorsChanged"/>
    public void SensorsChanged(SensorSnapshot[] sensors) => Offer(() => LiveFrame.Of(sensors), view =>
    {
        var seen = view.Of(sensors, out var moved);
        return [.. moved.Length == 0 ? Array.Empty<LiveFrame>() : [LiveFrame.OfRemoved(moved)], .. seen.Length == 0 ? Array.Empty<LiveFrame>() : [LiveFrame.Of(seen)]];
    });

    /// <inheritdoc cref="ILiveClient.SensorsRemoved"/>
    public void SensorsRemoved(string[] sensorIds) => Offer(() => LiveFrame.OfRemoved(sensorIds), view => view.OfRemoved(sensorIds) is { Length: > 0 } seen ? [LiveFrame.OfRemoved(seen)] : []);

    /// <inheritdoc cref="ILiveClient.AlertsChanged"/>
    public void AlertsChanged(AlertChange[] changes) => Offer(
        () => LiveFrame.Of(changes), view => view.Of(changes).Select(run => run.Seen is { } seen ? LiveFrame.Of(seen) : LiveFrame.Passed(run.Passed)));

    /// <inheritdoc cref="ILiveClient.NotesChanged"/>
    public void NotesChanged(NoteChange[] changes) => Offer(() => LiveFrame.Of(changes), view => view.Of(changes).Where(run => run.Seen is not null).Select(run => LiveFrame.Of(run.Seen!)));

    /// <inheritdoc cref="ILiveClient.StatusChanged"/>
    public void StatusChanged(ServerStatus status) => Offer(() => LiveFrame.Of(status), _ => [LiveFrame.Of(status.AtPlaces())]);

    private static void Offer(LiveStream stream, SensorTick[] ticks)
    {
        if (ticks.Length > 0)
            stream.OfferTicks(LiveFrame.Of(ticks));
    }

    private void Offer(Func<LiveFrame> make, Func<PlaceView, IEnumerable<LiveFrame>> limited)
    {
        LiveFrame? all = null;
        foreach (var stream in _streams)
        {
            if (stream.View is not { } view)
            {
                stream.Offer(all ??= make());
            }
            else
            {
                foreach (var frame in limited(view))
                    stream.Offer(frame);
            }
        }
    }
}
