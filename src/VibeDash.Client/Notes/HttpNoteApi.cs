using System.Net;
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

    public Task<NoteResult> AddNoteAsync(string sensorId, NoteEdit edit, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, ApiClient.Path($"sensors/{sensorId}/notes"), edit, cancellationToken);

    public Task<NoteResult> ChangeNoteAsync(long noteId, NoteEdit edit, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, ApiClient.Path($"notes/{noteId}"), edit, cancellationToken);

    public Task<NoteResult> DeleteNoteAsync(long noteId, string by, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, ApiClient.Path($"notes/{noteId}?by={by}"), null, cancellationToken);

    private Task<NoteResult> SendAsync(HttpMethod method, string path, NoteEdit? edit, CancellationToken cancellationToken) => api.SendAsync<NoteResult>(
        method,
        path,
        edit is null ? null : JsonContent.Create(edit, DashboardJson.Default.NoteEdit),
        async response => response switch
        {
            _ when ApiClient.IsRefusal(response.StatusCode) => new(null, await ApiClient.ReadProblemAsync(response, cancellationToken)),
            { StatusCode: HttpStatusCode.NoContent } => new(null, null),
            _ => new(await ApiClient.ReadAsync(response.EnsureSuccessStatusCode(), DashboardJson.Default.Note, cancellationToken), null),
        },
        cancellationToken);
}
