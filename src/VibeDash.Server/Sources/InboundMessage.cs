using Microsoft.Extensions.ObjectPool;
using VibeDash.Core.Contract;
using VibeDash.Core.Payloads;
using VibeDash.Core.People;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Sources;

/// <summary>
/// One reading of a message, or a reported status, or a rejection. A message with several readings is a sequence of these items; the commit of the
/// last one completes the message, since the event loop commits in order. Returns to its pool, if any, after its commit.
/// </summary>
internal sealed class InboundMessage : WorkItem
{
    private readonly ObjectPool<InboundMessage>? _pool;
    private ReadingOutcome _outcome;
    private bool _concernsSensor;
    private Action<ushort> _committed = static _ => { };

    /// <summary>An empty item that returns to <paramref name="pool"/> after its commit.</summary>
    public InboundMessage(ObjectPool<InboundMessage> pool) => (_pool, Message) = (pool, new());

    /// <summary>An item of a parsed message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="outcome">The reading, the status or the rejection; empty when the message has none.</param>
    /// <param name="committed">Called with the packet identifier when the message is on disk; see <see cref="WorkItem.Committed"/>.</param>
    public InboundMessage(ReceivedMessage message, ReadingOutcome outcome, Action<ushort> committed) =>
        (Message, _outcome, _committed) = (message, outcome, committed);

    /// <summary>The message, shared by all of its readings.</summary>
    public ReceivedMessage Message { get; }

    /// <summary>The reading, status or rejection.</summary>
    public ReadingOutcome Outcome => _outcome;

    /// <summary>The result after the commit; null without a reading.</summary>
    public EventResult? Result { get; private set; }

    /// <inheritdoc/>
    public override void Do(PipelineTransaction transaction)
    {
        if (Message is { Sender: { } name, Retained: false } && transaction.State.Senders.TryGetValue(name, out var sender))
            sender.Hear(Message.ReceivedAt);
        switch (_outcome)
        {
            case { Event: { } vibrationEvent }:
                Store(transaction, vibrationEvent);
                break;
            case { Rejection: { } rejection }:
                Reject(transaction, rejection);
                break;
            case { StatusChange: { } change }:
                Report(transaction, change);
                break;
            case { MachineState: { } change }:
                if (transaction.Machines.Report(change) is { } concernsSensor)
                    _concernsSensor = concernsSensor;
                else
                    Reject(transaction, transaction.Machines.TooManyMachines);
                break;
        }
    }

    /// <inheritdoc/>
    public override void Fail(PipelineTransaction transaction, Exception fault) =>
        Reject(transaction, new(RejectionReason.ProcessingFailed, $"The server could not process it: {fault.Message}"));

    /// <summary>Reuses this item for a message of exactly one reading, and parses it.</summary>
    /// <param name="source">Its source.</param>
    /// <param name="message">The message; its payload is copied.</param>
    /// <param name="receivedAt">Server time of arrival.</param>
    /// <param name="known">Cached texts.</param>
    /// <param name="committed">Called with the packet identifier when the message is on disk.</param>
    public void ReadOne(TopicSource source, in SourceMessage message, DateTimeOffset receivedAt, KnownTexts known, Action<ushort> committed)
    {
        Message.Take(message, receivedAt, source);
        (_outcome, _committed) = (source.ParseOne(message, receivedAt, known), committed);
    }

    /// <inheritdoc/>
    public override void Committed()
    {
        if (Result is { } result)
            Message.Source?.Count(result.Outcome != EventOutcome.Rejected);
        else if (_outcome.StatusChange is not null || _outcome.MachineState is not null)
            Message.Source?.CountStatus(_concernsSensor);
        Message.Committed();
        _committed(Message.PacketId);
        if (_pool is null)
            return;

        (_outcome, Result, _concernsSensor) = (default, null, false);
        ClearFault();
        Message.Forget();
        _pool.Return(this);
    }

    private void Store(PipelineTransaction transaction, in VibrationEvent vibrationEvent)
    {
        if (Message.Limit is { } limit && WhyOutside(transaction.State, limit, vibrationEvent) is { } outside)
        {
            Reject(transaction, outside);
            return;
        }

        switch (transaction.Readings.Receive(vibrationEvent, _outcome.MayBeStored, Message.ReceivedAt, Message.Sender))
        {
            case EventOutcome.Stored:
                Result = EventResult.Stored;
                break;
            case EventOutcome.Duplicate:
                // Not a duplicate if an earlier attempt of this batch, whose commit outcome is unknown, stored it.
                Result ??= EventResult.Duplicate;
                break;
            default:
                Reject(transaction, transaction.Readings.TooManySensors);
                break;
        }
    }

    // Neither may the sensor be at another place, nor the event take it there.
    private static Rejection? WhyOutside(PipelineState state, PlaceLimit limit, in VibrationEvent sent)
    {
        var known = state.Sensors.GetValueOrDefault(state.IdOf(sent.Reading.SensorId))?.Facts.Location;
        var isThere = (known is null || limit.Covers(known)) && limit.Covers(sent.Facts.Location.Length > 0 ? sent.Facts.Location : known);
        return isThere ? null : new(RejectionReason.OutsidePlaces, $"The key may send for sensors at {string.Join("; ", limit.Places)} only, by 'sensorLocation' and by the location known of the sensor.");
    }

    private void Report(PipelineTransaction transaction, SensorStatusChange change)
    {
        // Prefixes are rare: searching costs less than maintaining an ordered index.
        var sensors = transaction.State.Sensors;
        string[] sensorIds = change.IsPrefix
            ? [.. sensors.Keys.Concat(transaction.State.Aliases.Keys).Where(sensorId => sensorId.StartsWith(change.SensorId, StringComparison.Ordinal)).Select(transaction.State.IdOf).Distinct()]
            : [transaction.State.IdOf(change.SensorId)];
        foreach (var sensorId in sensorIds)
        {
            if (!sensors.TryGetValue(sensorId, out var sensor))
                continue;

            _concernsSensor = true;
            var offlineSince = change.Apply(sensor.OfflineSince, sensor.Latest.Timestamp);
            if (offlineSince == sensor.OfflineSince)
                continue;
            sensor.OfflineSince = offlineSince;
            transaction.Storage.Update(sensor);
            transaction.Changes.OfflineSince[sensorId] = offlineSince;
        }
    }

    private void Reject(PipelineTransaction transaction, Rejection rejection)
    {
        Result = EventResult.Rejected(rejection);

        // One dead letter per message, however many of its readings are rejected.
        if (!Message.TryBecomeDeadLetter(transaction.Number))
            return;
        var letter = Message.ToDeadLetter(rejection);
        if ((Message.Redelivered || transaction.IsRetry) && transaction.Storage.DeadLetters.Has(letter))
        {
            transaction.Changes.Duplicates++;
            return;
        }

        transaction.Storage.DeadLetters.Add(letter);
        transaction.Changes.Rejected++;
    }
}
