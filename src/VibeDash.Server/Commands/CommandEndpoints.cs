using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Refusals;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Commands;

/// <summary>The command record over HTTP.</summary>
internal static class CommandEndpoints
{
    /// <summary>Maps <c>commands</c>.</summary>
    public static RouteGroupBuilder MapCommands(this RouteGroupBuilder api)
    {
        api.MapGet("commands", ListAsync)
            .WithTags("Commands")
            .Refuses(RefusalCode.InvalidInput)
            .WithSummary(
                $"Who did what, newest first: changes of sensors, alerts, rules, notes and settings, and of dead letters, those that were refused included; kept for {CommandRecord.Years} years. Page with `before`; {CommandEntry.DefaultLimit} unless `limit` says otherwise.");
        return api;
    }

    private static async Task<Results<Ok<CommandEntry[]>, ProblemHttpResult>> ListAsync(
        IDbContextFactory<VibeDashContext> contexts, CancellationToken cancelled, long before = long.MaxValue, int limit = CommandEntry.DefaultLimit)
    {
        if (limit is < 1 or > CommandEntry.MaximumLimit)
            return Refusal.Invalid(FieldFault.Of("limit", FaultCode.NotInRange, 1, CommandEntry.MaximumLimit)).Problem();

        await using var context = await contexts.CreateDbContextAsync(cancelled);
        var rows = await context.Commands.AsNoTracking().Where(row => row.Position < before).OrderByDescending(row => row.Position).Take(limit).ToListAsync(cancelled);
        return TypedResults.Ok(rows.ConvertAll(Entry).ToArray());
    }

    private static CommandEntry Entry(CommandRow row) =>
        new(row.Position, row.At, row.Actor, row.Name, row.Subject, Enum.TryParse<RefusalCode>(row.Refusal, out var refusal) ? refusal : null) { Detail = row.Detail };
}
