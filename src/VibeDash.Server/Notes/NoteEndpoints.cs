using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Server.Live;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Notes;

/// <summary>Notes over HTTP.</summary>
internal static class NoteEndpoints
{
    /// <summary>Registers what reads and changes notes.</summary>
    public static IServiceCollection AddNotes(this IServiceCollection services) => services.AddSingleton<NoteReader>().AddSingleton<INoteApi, NoteService>();

    /// <summary>Maps <c>sensors/{sensorId}/notes</c> and <c>notes</c>.</summary>
    public static RouteGroupBuilder MapNotes(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Notes");
        group.MapGet("sensors/{sensorId}/notes", ListAsync)
            .Produces<Note[]>().ProducesProblem(StatusCodes.Status404NotFound).ProducesValidationProblem()
            .WithSummary($"The notes of a sensor, newest first; with `from` and `to` those that lie between them or reach into that. A sensor has at most {Note.MaximumPerSensor:N0}.");
        group.MapGet("sensors/{sensorId}/notes/journal", JournalAsync)
            .Produces<NoteChange[]>()
            .WithSummary(
                $"Who added, changed and deleted which note of a sensor and when, newest first: at most {NoteReader.MaximumChanges} entries, those before the position `before`. Nobody edits it.");
        group.MapPost("sensors/{sensorId}/notes", AddAsync)
            .Produces<Note>(StatusCodes.Status201Created).ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary($"Marks an instant, or with `to` a span. The text has at most {Note.MaximumTextLength:N0} characters. 409 when the sensor has {Note.MaximumPerSensor:N0} notes.");
        group.MapPut("notes/{noteId:long}", ChangeAsync)
            .Produces<Note>().ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Changes a note. 409 when somebody has changed it since the `version` named.");
        group.MapDelete("notes/{noteId:long}", DeleteAsync)
            .Produces(StatusCodes.Status204NoContent).ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Deletes a note in the name of `by`. The journal keeps it.");
        return api;
    }

    private static async Task<IResult> ListAsync(
        string sensorId, NoteReader notes, LiveState live, CancellationToken cancelled, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        if (from > to)
            return Invalid("from", "Must not be after 'to'.");
        return live.Find(sensorId) is null
            ? Results.Problem($"There is no sensor {sensorId}.", statusCode: StatusCodes.Status404NotFound)
            : Results.Ok(await notes.ListAsync(sensorId, from, to, cancelled));
    }

    private static Task<NoteChange[]> JournalAsync(string sensorId, NoteReader notes, CancellationToken cancelled, long before = long.MaxValue) =>
        notes.JournalAsync(sensorId, before, cancelled);

    private static async Task<IResult> AddAsync(string sensorId, NoteEdit edit, INoteApi api, TimeProvider time, CancellationToken cancelled) =>
        edit.Fault(time.GetUtcNow()) is { } fault ? Invalid(fault.Field, fault.Fault) : await Patience.AnswerAsync(
            patient => api.AddNoteAsync(sensorId, edit, patient),
            result => Answer(result, note => Results.Created($"/api/v1/sensors/{Uri.EscapeDataString(note.SensorId)}/notes", note)),
            cancelled);

    private static async Task<IResult> ChangeAsync(long noteId, NoteEdit edit, INoteApi api, TimeProvider time, CancellationToken cancelled) =>
        edit.Fault(time.GetUtcNow()) is { } fault
            ? Invalid(fault.Field, fault.Fault)
            : await Patience.AnswerAsync(patient => api.ChangeNoteAsync(noteId, edit, patient), result => Answer(result, Results.Ok), cancelled);

    private static async Task<IResult> DeleteAsync(long noteId, string by, INoteApi api, CancellationToken cancelled) =>
        AlertAction.NameFault(by) is { } fault
            ? Invalid("by", fault)
            : await Patience.AnswerAsync(patient => api.DeleteNoteAsync(noteId, by, patient), result => Answer(result, _ => Results.NoContent()), cancelled);

    private static IResult Answer(NoteResult result, Func<Note, IResult> done) => result switch
    {
        { Fault: null, Note: { } note } => done(note),
        _ => Results.Problem(result.Fault, statusCode: result.IsUnknown ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict),
    };

    private static IResult Invalid(string field, string fault) => Results.ValidationProblem(new Dictionary<string, string[]> { [field] = [fault] });
}
