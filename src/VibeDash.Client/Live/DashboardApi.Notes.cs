using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;

namespace VibeDash.Client.Live;

/// <content>Notes.</content>
public sealed partial class DashboardApi
{
    /// <inheritdoc/>
    public async Task<Note[]> GetNotesAsync(string sensorId, CancellationToken cancellationToken = default) =>
        await GetAsync($"sensors/{Uri.EscapeDataString(sensorId)}/notes", DashboardJson.Default.NoteArray, cancellationToken) ?? [];

    /// <inheritdoc/>
    public async Task<NoteChange[]> GetNoteJournalAsync(string sensorId, CancellationToken cancellationToken = default) =>
        await GetAsync($"sensors/{Uri.EscapeDataString(sensorId)}/notes/journal", DashboardJson.Default.NoteChangeArray, cancellationToken) ?? [];

    /// <inheritdoc/>
    public Task<NoteResult> AddNoteAsync(string sensorId, NoteEdit edit, CancellationToken cancellationToken = default) =>
        SendNoteAsync(HttpMethod.Post, $"sensors/{Uri.EscapeDataString(sensorId)}/notes", edit, cancellationToken);

    /// <inheritdoc/>
    public Task<NoteResult> ChangeNoteAsync(long noteId, NoteEdit edit, CancellationToken cancellationToken = default) =>
        SendNoteAsync(HttpMethod.Put, string.Create(CultureInfo.InvariantCulture, $"notes/{noteId}"), edit, cancellationToken);

    /// <inheritdoc/>
    public Task<NoteResult> DeleteNoteAsync(long noteId, string by, CancellationToken cancellationToken = default) =>
        SendNoteAsync(HttpMethod.Delete, string.Create(CultureInfo.InvariantCulture, $"notes/{noteId}?by={Uri.EscapeDataString(by)}"), null, cancellationToken);

    private async Task<NoteResult> SendNoteAsync(HttpMethod method, string path, NoteEdit? edit, CancellationToken cancellationToken)
    {
        try
        {
            using var content = edit is null ? null : JsonContent.Create(edit, DashboardJson.Default.NoteEdit);
            using var request = new HttpRequestMessage(method, Root + path) { Content = content };
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict)
                return new(null, (await ReadAsync(response, DashboardJson.Default.Problem, cancellationToken) ?? throw NoBody(path)).Said);
            response.EnsureSuccessStatusCode();
            return new(response.StatusCode == HttpStatusCode.NoContent ? null : await ReadAsync(response, DashboardJson.Default.Note, cancellationToken), null);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotInTime(e);
        }
    }
}
