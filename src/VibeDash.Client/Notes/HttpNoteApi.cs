using System.Net.Http.Json;
using VibeDash.Client.Live;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;

namespace VibeDash.Client.Notes;

/// <summary>Notes over HTTP.</summary>
internal sealed class HttpNoteApi(ApiClient api) : INoteApi
{
    public async Task<Note[]> GetNotesAsync(string sensorId, CancellationToken cancellationToken = default) =>
        await api.FindAsync(ApiClient.Path($"sensors/{sensorId}/notes"), DashboardJson.Default.NoteArray, cancellationToken) ?? [];

    public async Task<NoteChange[]> GetNoteJournalAsync(string sensorId, CancellationToken cancellationToken = default) =>
        await api.FindAsync(ApiClient.Path($"sensors/{sensorId}/notes/journal"), DashboardJson.Default.NoteChangeArray, cancellationToken) ?? [];

    public Task<Answer<Note>> AddNoteAsync(string sensorId, NoteEdit edit, Actor actor, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, ApiClient.Path($"sensors/{sensorId}/notes"), edit, cancellationToken);

    public Task<Answer<Note>> ChangeNoteAsync(long noteId, NoteEdit edit, Actor actor, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, ApiClient.Path($"notes/{noteId}"), edit, cancellationToken);

    public Task<Answer<Note>> DeleteNoteAsync(long noteId, Actor actor, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, ApiClient.Path($"notes/{noteId}"), null, cancellationToken);

    private Task<Answer<Note>> SendAsync(HttpMethod method, string path, NoteEdit? edit, CancellationToken cancellationToken) => api.SendAsync(
        method, path, edit is null ? null : JsonContent.Create(edit, DashboardJson.Default.NoteEdit), DashboardJson.Default.Note, cancellationToken);
}
