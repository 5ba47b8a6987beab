using System.Net.Mime;
using Microsoft.AspNetCore.Http.HttpResults;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Core.People;
using VibeDash.Core.Readings;
using VibeDash.Server.Refusals;

namespace VibeDash.Server.DeadLetters;

/// <summary>Dead letters over HTTP.</summary>
internal static class DeadLetterEndpoints
{
    /// <summary>Registers the dead-letter services.</summary>
    public static IServiceCollection AddDeadLetters(this IServiceCollection services) => services
        .AddSingleton<DeadLetterReader>()
        .AddSingleton<Replayer>()
        .AddSingleton<ReplayRuns>()
        .AddSingleton<IDeadLetterApi, DeadLetterService>();

    /// <summary>Maps <c>dead-letters</c>.</summary>
    public static RouteGroupBuilder MapDeadLetters(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("dead-letters").WithTags("Dead letters").RequiresEverywhere();
        var reading = group.MapGroup("").Requires(Permission.Configure);
        reading.MapGet("", ListAsync)
            .Refuses(RefusalCode.InvalidInput)
            .WithSummary($"Messages that were not accepted, newest first, filtered by reason, topic, source and time of arrival; {DeadLetterSelection.DefaultLimit} unless `limit` says otherwise. Page with `before`.");
        reading.MapGet("groups", GroupsAsync)
            .Refuses(RefusalCode.InvalidInput)
            .WithSummary($"The same by reason and topic, newest arrival first, at most {DeadLetterGroup.MaximumGroups} groups.");
        reading.MapGet("{id:long}", async (long id, IDeadLetterApi deadLetters, CancellationToken cancelled) =>
                (await deadLetters.GetDeadLetterAsync(id, cancelled)).ToResult(RefusalCode.DeadLetterUnknown, id))
            .Refuses(RefusalCode.DeadLetterUnknown)
            .WithSummary("One dead letter with its payload: as `text` when it is UTF-8, else as `bytes` in Base64.");
        reading.MapGet("{id:long}/payload", PayloadAsync)
            .Produces(StatusCodes.Status200OK, contentType: MediaTypeNames.Application.Octet).Refuses(RefusalCode.DeadLetterUnknown)
            .WithSummary("The payload of a dead letter, byte for byte.");
        group.MapPost("{id:long}/replay", async (long id, RequestActor by, Replayer replayer, CancellationToken cancelled) =>
                (await replayer.ReplayAsync(id, by.Actor, cancelled)).ToResult())
            .Writes(Permission.Maintain, RefusalCode.DeadLetterUnknown, RefusalCode.DeadLetterIncomplete, RefusalCode.DeadLetterFinal)
            .WithSummary("Reads a dead letter once more, with the sources in force now. Its readings are stored and it is no dead letter any more, or it is refused again. 409 when not all of it is kept, or when the message itself is at fault so that no replay can be accepted.");
        group.MapPost("replay", ReplayManyAsync)
            .Writes(Permission.Maintain, RefusalCode.ReplayUnderWay)
            .WithSummary("Starts to replay all dead letters of a selection, `{}` for all there are. `GET replay` tells how far it is. 409 while another replay is under way.");
        reading.MapGet("replay", Results<Ok<ReplayRun>, NoContent> (ReplayRuns runs) => runs.Latest is { } run ? TypedResults.Ok(run) : TypedResults.NoContent())
            .WithSummary("The replay of many that is under way, or the last one. 204 when there was none since the start.");
        group.MapDelete("{id:long}", DeleteOneAsync)
            .Writes(Permission.Maintain, RefusalCode.DeadLetterUnknown)
            .WithSummary("Deletes a dead letter.");
        group.MapDelete("", DeleteAsync)
            .Writes(Permission.Maintain, RefusalCode.InvalidInput)
            .WithSummary("Deletes the dead letters of a `reason` and `topic`, with `before` only those with an id below it.");
        return api;
    }

    private static async Task<Results<Ok<DeadLetter[]>, ProblemHttpResult>> ListAsync(
        IDeadLetterApi deadLetters,
        CancellationToken cancelled,
        string? reason = null,
        string? topic = null,
        DateTimeOffset? since = null,
        long? before = null,
        string? source = null,
        int limit = DeadLetterSelection.DefaultLimit)
    {
        var faults = new List<FieldFault>();
        var selection = new DeadLetterSelection(QueryName.Read<RejectionReason>("reason", reason, faults), topic, since, before, source);
        if (limit is < 1 or > DeadLetterSelection.MaximumLimit)
            faults.Add(FieldFault.Of("limit", FaultCode.NotInRange, 1, DeadLetterSelection.MaximumLimit));
        return faults.Count > 0 ? faults.Problem() : TypedResults.Ok(await deadLetters.GetDeadLettersAsync(selection, limit, cancelled));
    }

    private static async Task<Results<Ok<DeadLetterGroup[]>, ProblemHttpResult>> GroupsAsync(
        IDeadLetterApi deadLetters, CancellationToken cancelled, string? reason = null, string? topic = null, DateTimeOffset? since = null, string? source = null)
    {
        var faults = new List<FieldFault>();
        var selection = new DeadLetterSelection(QueryName.Read<RejectionReason>("reason", reason, faults), topic, since, Source: source);
        return faults.Count > 0 ? faults.Problem() : TypedResults.Ok(await deadLetters.GetDeadLetterGroupsAsync(selection, cancelled));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PayloadAsync(long id, DeadLetterReader letters, CancellationToken cancelled) =>
        await letters.PayloadAsync(id, cancelled) is { } payload
            ? TypedResults.File(payload, MediaTypeNames.Application.Octet, $"dead-letter-{id}.bin")
            : Unknown(id);

    private static async Task<Results<Accepted<ReplayRun>, ProblemHttpResult>> ReplayManyAsync(
        DeadLetterSelection selection, RequestActor by, ReplayRuns runs, CancellationToken cancelled) =>
        await runs.StartAsync(selection, by.Actor, cancelled) is ({ } run, true)
            ? TypedResults.Accepted("/api/v1/dead-letters/replay", run)
            : Refusal.Of(RefusalCode.ReplayUnderWay).Problem();

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteOneAsync(long id, RequestActor by, IDeadLetterApi deadLetters, CancellationToken cancelled) =>
        await deadLetters.DeleteDeadLetterAsync(id, by.Actor, cancelled) ? TypedResults.NoContent() : Unknown(id);

    private static async Task<Results<Ok<DeadLettersDeleted>, ProblemHttpResult>> DeleteAsync(
        RequestActor by, IDeadLetterApi deadLetters, CancellationToken cancelled, string? reason = null, string? topic = null, long? before = null, string? source = null)
    {
        var faults = new List<FieldFault>();
        var selection = new DeadLetterSelection(QueryName.Read<RejectionReason>("reason", reason, faults), topic, Before: before, Source: source);

        // A forgotten parameter must not delete all dead letters.
        if (string.IsNullOrEmpty(reason))
            faults.Add(FieldFault.Of("reason", FaultCode.Missing));
        if (topic is null)
            faults.Add(FieldFault.Of("topic", FaultCode.Missing));
        return faults.Count > 0 ? faults.Problem() : TypedResults.Ok(await deadLetters.DeleteDeadLettersAsync(selection, by.Actor, cancelled));
    }

    private static ProblemHttpResult Unknown(long id) => Refusal.Of(RefusalCode.DeadLetterUnknown, id).Problem();
}
