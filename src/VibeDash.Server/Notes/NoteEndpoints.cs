using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Core.People;
using VibeDash.Core.Notes;
using VibeDash.Server.Live;
using VibeDash.Server.Refusals;

namespace VibeDash.Server.Notes;

/// <summary>Notes over HTTP.</summary>
internal static class NoteEndpoints
{
    /// <summary>Registers the note services.</summary>
    public static IServiceCollection AddNotes(this IServiceCollection services) => services.AddSingleton<NoteReader>().AddSingleton<INoteApi, NoteService>();

    /// <summary>Maps <c>sensors/{sensorId}/notes</c> and <c>notes</c>.</summary>
    public static RouteGroupBuilder MapNotes(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Notes").Requires(Permission.View);
        group.MapGet("sensors/{sensorId}/notes", ListAsync)
            .Refuses(RefusalCode.InvalidInput, RefusalCode.SensorUnknown)
            .WithSummary($"The notes of a sensor, newest first; with `from` and `to` those that lie between them or reach into that. A sensor has at most {Note.MaximumPerSensor:N0}.");
        group.MapGet("sensors/{sensorId}/notes/journal", async (string sensorId, NoteReader notes, ClaimsPrincipal caller, CancellationToken cancelled, long before = long.MaxValue) =>
                TypedResults.Ok(await notes.JournalAsync(sensorId, before, Sight.Of(caller).Limit, cancelled)))
            .WithSummary(
                $"Who added, changed and deleted which note of a sensor and when, newest first: at most {NoteReader.MaximumChanges} entries, those before the position `before`. Nobody edits it.");
        group.MapPost("sensors/{sensorId}/notes", AddAsync)
            .Writes(Permission.Act, RefusalCode.InvalidInput, RefusalCode.SensorUnknown, RefusalCode.TooManyNotes)
            .WithSummary($"Marks an instant, or with `to` a span. The text has at most {Note.MaximumTextLength:N0} characters. 409 when the sensor has {Note.MaximumPerSensor:N0} notes.");
        group.MapPut("notes/{noteId:long}", async (long noteId, NoteEdit edit, RequestActor by, INoteApi api, CancellationToken cancelled) =>
                (await api.ChangeNoteAsync(noteId, edit, by.Actor, cancelled)).ToResult())
            .Writes(Permission.Act, RefusalCode.InvalidInput, RefusalCode.NoteUnknown, RefusalCode.NoteChanged)
            .WithSummary("Changes a note. 409 when somebody has changed it since the `version` named.");
        group.MapDelete("notes/{noteId:long}", async (long noteId, RequestActor by, INoteApi api, CancellationToken cancelled) =>
                (await api.DeleteNoteAsync(noteId, by.Actor, cancelled)).ToResult())
            .Writes(Permission.Act, RefusalCode.NoteUnknown)
            .WithSummary("Deletes a note, and answers with it as it was. The journal keeps it.");
        return api;
    }

    private static async Task<Results<Ok<Note[]>, ProblemHttpResult>> ListAsync(
        string sensorId, NoteReader notes, LiveState live, ClaimsPrincipal caller, CancellationToken cancelled, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        if (from > to)
            return Refusal.Invalid(FieldFault.Of("from", FaultCode.FromAfterTo)).Problem();
        var sight = Sight.Of(caller);
        return live.LocationOf(sensorId) is not { } location || !sight.Includes(location)
            ? Refusal.Of(RefusalCode.SensorUnknown, sensorId).Problem()
            : TypedResults.Ok(await notes.ListAsync(sensorId, from, to, sight.Limit, cancelled));
    }

    private static async Task<Results<Created<Note>, ProblemHttpResult>> AddAsync(
        string sensorId, NoteEdit edit, RequestActor by, INoteApi api, CancellationToken cancelled) =>
        await api.AddNoteAsync(sensorId, edit, by.Actor, cancelled) switch
        {
            { Refusal: { } refusal } => refusal.Problem(),
            var added => TypedResults.Created($"/api/v1/sensors/{Uri.EscapeDataString(sensorId)}/notes", added.Value),
        };
}
