using System.Net.Mime;
using System.Threading.Channels;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;

namespace VibeDash.Server.DeadLetters;

/// <summary>Dead letters over HTTP.</summary>
internal static class DeadLetterEndpoints
{
    // While nothing can be stored a replay or a deletion waits; a person should hear of it before long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Registers what reads, replays and deletes dead letters.</summary>
    public static IServiceCollection AddDeadLetters(this IServiceCollection services) => services
        .AddSingleton<DeadLetterReader>()
        .AddSingleton<Replayer>()
        .AddSingleton<ReplayRuns>()
        .AddSingleton<IDeadLetterApi, DeadLetterService>();

    /// <summary>Maps <c>dead-letters</c>.</summary>
    public static RouteGroupBuilder MapDeadLetters(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("dead-letters").WithTags("Dead letters");
        group.MapGet("", ListAsync)
            .Produces<DeadLetter[]>().ProducesValidationProblem()
            .WithSummary($"Messages that were not accepted, newest first, filtered by reason, topic, source and time of arrival; {DeadLetterSelection.DefaultLimit} unless `limit` says otherwise. Page with `before`.");
        group.MapGet("groups", GroupsAsync)
            .Produces<DeadLetterGroup[]>().ProducesValidationProblem()
            .WithSummary($"The same by reason and topic, newest arrival first, at most {DeadLetterGroup.MaximumGroups} groups.");
        group.MapGet("{id:long}", async (long id, IDeadLetterApi deadLetters, CancellationToken cancelled) =>
                await deadLetters.GetDeadLetterAsync(id, cancelled) is { } letter ? Results.Ok(letter) : NotThere(id))
            .Produces<DeadLetterDetail>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("One dead letter with its payload: as `text` when it is UTF-8, else as `bytes` in Base64.");
        group.MapGet("{id:long}/payload", async (long id, DeadLetterReader letters, CancellationToken cancelled) =>
                await letters.PayloadAsync(id, cancelled) is { } payload
                    ? Results.File(payload, MediaTypeNames.Application.Octet, $"dead-letter-{id}.bin")
                    : NotThere(id))
            .Produces(StatusCodes.Status200OK, contentType: MediaTypeNames.Application.Octet).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("The payload of a dead letter, byte for byte.");
        group.MapPost("{id:long}/replay", ReplayOneAsync)
            .Produces<ReplayResult>()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Reads a dead letter once more, with the sources in force now. Its readings are stored and it is no dead letter any more, or it is refused again. 409 when not all of it is kept.");
        group.MapPost("replay", ReplayManyAsync)
            .Produces<ReplayRun>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Starts to replay all dead letters of a selection, `{}` for all there are. `GET replay` tells how far it is. 409 while another replay is under way.");
        group.MapGet("replay", (ReplayRuns runs) => runs.Latest is { } run ? Results.Ok(run) : Results.NoContent())
            .Produces<ReplayRun>().Produces(StatusCodes.Status204NoContent)
            .WithSummary("The replay of many that is under way, or the last one. 204 when there was none since the start.");
        group.MapDelete("{id:long}", (long id, IDeadLetterApi deadLetters, CancellationToken cancelled) => StoredAsync(
                async patience => await deadLetters.DeleteDeadLetterAsync(id, patience) ? Results.NoContent() : NotThere(id), cancelled))
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Deletes a dead letter.");
        group.MapDelete("", DeleteAsync)
            .Produces<DeadLettersDeleted>().ProducesValidationProblem().ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Deletes the dead letters of a `reason` and `topic`, with `before` only those with an id below it.");
        return api;
    }

    private static async Task<IResult> ListAsync(
        IDeadLetterApi deadLetters,
        CancellationToken cancelled,
        string? reason = null,
        string? topic = null,
        DateTimeOffset? since = null,
        long? before = null,
        string? source = null,
        int limit = DeadLetterSelection.DefaultLimit)
    {
        var faults = new Dictionary<string, string[]>();
        var selection = new DeadLetterSelection(Reason(reason, faults), topic, since, before, source);
        if (limit is < 1 or > DeadLetterSelection.MaximumLimit)
            faults["limit"] = [$"Must be 1 to {DeadLetterSelection.MaximumLimit}."];
        return faults.Count > 0 ? Results.ValidationProblem(faults) : Results.Ok(await deadLetters.GetDeadLettersAsync(selection, limit, cancelled));
    }

    private static async Task<IResult> GroupsAsync(
        IDeadLetterApi deadLetters, CancellationToken cancelled, string? reason = null, string? topic = null, DateTimeOffset? since = null, string? source = null)
    {
        var faults = new Dictionary<string, string[]>();
        var selection = new DeadLetterSelection(Reason(reason, faults), topic, since, Source: source);
        return faults.Count > 0 ? Results.ValidationProblem(faults) : Results.Ok(await deadLetters.GetDeadLetterGroupsAsync(selection, cancelled));
    }

    private static Task<IResult> ReplayOneAsync(long id, Replayer replayer, CancellationToken cancelled) => StoredAsync(
        async patience =>
        {
            try
            {
                return await replayer.ReplayAsync(id, new(""), patience) is { } result ? Results.Ok(result) : NotThere(id);
            }
            catch (DeadLetterNotWholeException impossible)
            {
                return Results.Problem(impossible.Message, statusCode: StatusCodes.Status409Conflict);
            }
        },
        cancelled);

    private static async Task<IResult> ReplayManyAsync(DeadLetterSelection selection, ReplayRuns runs, CancellationToken cancelled) =>
        await runs.StartAsync(selection, new(""), cancelled) is ({ } run, true)
            ? Results.Accepted("/api/v1/dead-letters/replay", run)
            : Results.Problem("Another replay is under way.", statusCode: StatusCodes.Status409Conflict);

    private static Task<IResult> DeleteAsync(
        IDeadLetterApi deadLetters, CancellationToken cancelled, string? reason = null, string? topic = null, long? before = null, string? source = null)
    {
        var faults = new Dictionary<string, string[]>();
        var selection = new DeadLetterSelection(Reason(reason, faults), topic, Before: before, Source: source);

        // A parameter that is forgotten must not delete everything.
        if (selection.Reason is null)
            faults.TryAdd("reason", ["Must be given."]);
        if (topic is null)
            faults["topic"] = ["Must be given."];
        return faults.Count > 0
            ? Task.FromResult(Results.ValidationProblem(faults))
            : StoredAsync(async patience => Results.Ok(await deadLetters.DeleteDeadLettersAsync(selection, patience)), cancelled);
    }

    private static RejectionReason? Reason(string? name, Dictionary<string, string[]> faults)
    {
        if (string.IsNullOrEmpty(name))
            return null;
        if (Enum.GetNames<RejectionReason>().FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } exact)
            return Enum.Parse<RejectionReason>(exact);
        faults["reason"] = [$"Must be one of {string.Join(", ", Enum.GetNames<RejectionReason>())}."];
        return null;
    }

    private static async Task<IResult> StoredAsync(Func<CancellationToken, Task<IResult>> change, CancellationToken cancelled)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        patience.CancelAfter(Patience);
        try
        {
            return await change(patience.Token);
        }
        catch (Exception unavailable) when (unavailable is OperationCanceledException or ChannelClosedException && !cancelled.IsCancellationRequested)
        {
            return Results.Problem("It is not stored yet; see whether it takes effect.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult NotThere(long id) => Results.Problem($"There is no dead letter {id}.", statusCode: StatusCodes.Status404NotFound);
}
