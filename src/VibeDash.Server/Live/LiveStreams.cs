using System.Collections.Immutable;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Live;

/// <summary>
/// The open server-sent-events connections; they receive the same messages as the hub's clients. Sending queues a message per connection and never
/// waits. Thread-safe.
/// </summary>
internal sealed class LiveStreams
{
    /// <summary>Maximum concurrent connections.</summary>
    public const int Maximum = 100;

    private ImmutableArray<LiveStream> _streams = [];

    /// <summary>True when there is a connection.</summary>
    public bool Any => _streams.Length > 0;

    /// <summary>Adds a connection; it receives messages from now on.</summary>
    /// <param name="sensorId">Sensor whose ticks are requested; null for all sensors.</param>
    /// <returns>The connection, or null when there are already <see cref="Maximum"/>.</returns>
    public LiveStream? Open(string? sensorId)
    {
        var stream = new LiveStream(sensorId);
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
            if (stream.SensorId is null)
                stream.OfferTicks(all ??= LiveFrame.Of(ticks));
            else if ((bySensor ??= ticks.ToDictionary(tick => tick.SensorId, StringComparer.Ordinal)).TryGetValue(stream.SensorId, out var tick))
                stream.OfferTicks(LiveFrame.Of([tick]));
        }
    }

    /// <inheritdoc cref="ILiveClient.SensorsChanged"/>
    public void SensorsChanged(SensorSnapshot[] sensors) => Offer(() => LiveFrame.Of(sensors));

    /// <inheritdoc cref="ILiveClient.SensorsRemoved"/>
    public void SensorsRemoved(string[] sensorIds) => Offer(() => LiveFrame.OfRemoved(sensorIds));

    /// <inheritdoc cref="ILiveClient.AlertsChanged"/>
    public void AlertsChanged(AlertChange[] changes) => Offer(() => LiveFrame.Of(changes));

    /// <inheritdoc cref="ILiveClient.NotesChanged"/>
    public void NotesChanged(NoteChange[] changes) => Offer(() => LiveFrame.Of(changes));

    /// <inheritdoc cref="ILiveClient.StatusChanged"/>
    public void StatusChanged(ServerStatus status) => Offer(() => LiveFrame.Of(status));

    private void Offer(Func<LiveFrame> make)
    {
        if (_streams is not { Length: > 0 } streams)
            return;
        var frame = make();
        foreach (var stream in streams)
            stream.Offer(frame);
    }
}
