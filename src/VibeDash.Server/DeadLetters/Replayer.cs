using System.Text.Json;
using VibeDash.Core.Contract;
using VibeDash.Core.Payloads;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Mqtt;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Sources;
using VibeDash.Server.Storage;

namespace VibeDash.Server.DeadLetters;

/// <summary>Sends dead letters through the parser once more, with the sources in force now, and on to the event loop. Thread-safe.</summary>
internal sealed class Replayer(DeadLetterReader letters, BrokerConnections brokers, EventQueue queue, TimeProvider time)
{
    /// <summary>Most letters in the queue at a time: what live events wait for, and what is in memory.</summary>
    private const int PortionLetters = 100;

    private const int PortionReadings = 1000;

    /// <summary>Replays one letter; completes after the commit.</summary>
    public async Task<Answer<ReplayResult>> ReplayAsync(long id, Actor actor, CancellationToken cancellationToken)
    {
        if (await letters.RowAsync(id, cancellationToken) is not { } row)
            return Refusal.Of(RefusalCode.DeadLetterUnknown, id);
        if (!row.IsWhole)
            return Refusal.Of(RefusalCode.DeadLetterIncomplete);
        return await queue.ExecuteAsync(Read(row, actor), cancellationToken);
    }

    /// <summary>Replays a selection in order of arrival, portion by portion: the next goes out when the one before it is on disk.</summary>
    /// <param name="selection">Which letters; those that cannot be replayed are left alone.</param>
    /// <param name="upTo">Last id of them.</param>
    /// <param name="actor">The person.</param>
    /// <param name="progress">Told what became of each portion.</param>
    /// <param name="cancellationToken">Cancels between portions.</param>
    public async Task ReplayAsync(DeadLetterSelection selection, long upTo, Actor actor, Action<ReplayResult[]> progress, CancellationToken cancellationToken)
    {
        for (var after = 0L; ;)
        {
            var rows = await letters.NextReplayableAsync(selection, after, upTo, PortionLetters, cancellationToken);
            if (rows.Count == 0)
                return;

            var portion = new List<ReplayCommand>();
            for (var readings = 0; portion.Count < rows.Count && readings < PortionReadings;)
            {
                var command = Read(rows[portion.Count], actor);
                portion.Add(command);
                readings += command.Readings;
                await queue.WriteAsync(command, cancellationToken);
            }

            after = portion[^1].LetterId;
            progress(await Task.WhenAll(portion.Select(command => command.Completion)).WaitAsync(cancellationToken));
        }
    }

    /// <summary>Timestamps may be as late as the clock now allows; a reading without one was measured when its message arrived.</summary>
    private ReplayCommand Read(DeadLetterRow row, Actor actor)
    {
        var now = time.GetUtcNow();
        var message = new SourceMessage(row.Topic, row.Payload)
        {
            ContentType = row.ContentType,
            UserProperties = row.UserProperties is { } properties ? JsonSerializer.Deserialize(properties, DashboardJson.Default.KeyValuePairStringStringArray)! : [],
            PacketId = (ushort)row.PacketId,
            Redelivered = row.Redelivered,
            Retained = row.Retained,
            ArrivedAt = row.ReceivedAt,
        };
        var source = brokers.Sources.FirstOrDefault(source => !source.IsStateful && source.Pattern.Matches(row.Topic));
        var outcomes = row.Posted ? [PostedEvents.Parse(message, now)] : source?.Parse(message, now) ?? MessageIntake.OfUnknownTopic;
        return new(row.Id, outcomes, row.Attempts + 1, actor, UnixMicroseconds.Whole(now));
    }
}
