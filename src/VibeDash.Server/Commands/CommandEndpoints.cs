using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Core.People;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Refusals;

namespace VibeDash.Server.Commands;

/// <summary>The command record over HTTP.</summary>
internal static class CommandEndpoints
{
    /// <summary>Registers the command record.</summary>
    public static IServiceCollection AddCommands(this IServiceCollection services) =>
        services.AddSingleton<AuditService>().AddSingleton<IAuditApi>(provider => provider.GetRequiredService<AuditService>());

    /// <summary>Maps <c>commands</c>.</summary>
    public static RouteGroupBuilder MapCommands(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Commands").Requires(Permission.Administer);
        group.MapGet("commands", ListAsync)
            .Refuses(RefusalCode.InvalidInput)
            .WithSummary(
                $"Who did what, newest first: changes of people, sensors, alerts, rules, notes and settings, and of dead letters, those that were refused included; kept for {CommandRecord.Years} years. Filtered by `by`, `name`, `subject` and `refused`. Page with `before`; {CommandEntry.DefaultLimit} unless `limit` says otherwise.");
        group.MapGet("commands.ndjson", ExportAsync)
            .Produces<string>(StatusCodes.Status200OK, "application/x-ndjson")
            .WithSummary("The same as a file, oldest first, with the `hash` of each entry.");
        return api;
    }

    private static async Task<Results<Ok<CommandEntry[]>, ProblemHttpResult>> ListAsync(
        AuditService commands,
        CancellationToken cancelled,
        string? by = null,
        string? name = null,
        string? subject = null,
        bool refused = false,
        long before = long.MaxValue,
        int limit = CommandEntry.DefaultLimit) =>
        limit is < 1 or > CommandEntry.MaximumLimit
            ? Refusal.Invalid(FieldFault.Of("limit", FaultCode.NotInRange, 1, CommandEntry.MaximumLimit)).Problem()
            : TypedResults.Ok(await commands.GetCommandsAsync(new(by, name, subject, refused), before, limit, cancelled));

    private static async Task ExportAsync(
        HttpContext context, AuditService commands, IHostApplicationLifetime lifetime, string? by = null, string? name = null, string? subject = null, bool refused = false)
    {
        // The stop would wait for a slow reader.
        using var stop = lifetime.ApplicationStopping.Register(context.Abort);
        context.Response.ContentType = "application/x-ndjson";
        context.Response.Headers.ContentDisposition = "attachment; filename=commands.ndjson";
        context.Response.Headers.CacheControl = "no-store";
        await foreach (var (entry, hash) in commands.AllAsync(new(by, name, subject, refused), context.RequestAborted))
        {
            var line = JsonSerializer.SerializeToNode(entry, DashboardJson.Default.CommandEntry)!;
            line["hash"] = hash is null ? null : JsonValue.Create(Convert.ToHexStringLower(hash));
            await context.Response.WriteAsync(line.ToJsonString() + "\n", Encoding.UTF8, context.RequestAborted);
        }
    }
}
