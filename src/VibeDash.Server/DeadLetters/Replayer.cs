using System.Text.Json;
using VibeDash.Core.Contract;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Mqtt;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Sources;
using VibeDash.Server.Storage;

namespace VibeDash.Server.DeadLetters;

/// <summary>Parses dead letters again with the sources now in force, and sends them to the event loop. Thread-safe.</summary>
internal sealed class Replayer(DeadLetterReader letters, BrokerConnections brokers, EventQueue queue, TimeProvider time)
{
    /// <summary>Maximum number of letters in the queue: limits the delay of live events and the memory in use.</summary>
    private const int PortionLetters = 100;

    private const int PortionReadings = 1000;

    /// <summary>Replays one letter; completes after the commit.</summary>
    public async Task<Answer<ReplayResult>> ReplayAsync(long id, Actor actor, CancellationToken cancellationToken)
    {
        if (await letters.RowAsync(id, cancellationToken) is not { } row)
            return Refusal.Of(RefusalCode.DeadLetterUnknown, id);
        if (!row.Reason.IsCurable(row.Posted))
            return Refusal.Of(RefusalCode.DeadLetterFinal, row.Reason);
        if (!row.IsWhole)
            return Refusal.Of(RefusalCode.DeadLetterIncomplete);
        return await queue.ExecuteAsync(Read(row, actor), cancellationToken);
    }

    /// <summary>Replays a selection in order of arrival, in portions: each is sent when the previous one is on disk.</summary>
    /// <param name="selection">The letters; those that cannot be replayed are skipped.</param>
    /// <param name="upTo">Highest id, inclusive.</param>
    /// <param name="actor">The person.</param>
    /// <param name="progress">Called with the results of each portion.</param>
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

    /// <summary>Parses a letter. The current clock limits timestamps; a reading without one gets the arrival time of its message.</summary>
    private ReplayCommand Read(DeadLetterRow row, Actor actor)
    {
        var now = UnixMicroseconds.Now(time);
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
        return new(row.Id, outcomes, row.Attempts + 1, actor, now);
    }
}
