using Microsoft.AspNetCore.Components;
using VibeDash.Client.Live;
using VibeDash.Client.Ui;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;

namespace VibeDash.Client.Notes;

/// <summary>The notes of a sensor. Changes in other browsers appear at once.</summary>
public sealed partial class NotesSection : ComponentBase
{
    /// <summary>Number of notes shown initially.</summary>
    public const int Shown = 10;

    private SensorNotes? _notes;
    private Note? _offer;
    private string? _done;
    private string? _fault;
    private string _sensorId = "";
    private int _maximumShown = Shown;
    private bool _writing;
    private bool _sending;

    /// <summary>The sensor.</summary>
    [Parameter, EditorRequired]
    public string SensorId { get; set; } = "";

    /// <summary>Unit of its levels.</summary>
    [Parameter, EditorRequired]
    public string Unit { get; set; } = "";

    [Inject]
    private INoteApi Api { get; set; } = null!;

    [Inject]
    private ISensorApi Sensors { get; set; } = null!;

    [Inject]
    private ILiveFeed Feed { get; set; } = null!;

    [Inject]
    private LiveFleet Fleet { get; set; } = null!;

    [Inject]
    private Me Me { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => _notes?.Dispose();

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!RendererInfo.IsInteractive || _sensorId == SensorId)
            return;
        _notes?.Dispose();
        (_sensorId, _offer, _done, _fault, _writing, _maximumShown) = (SensorId, null, null, null, false, Shown);
        var notes = new SensorNotes(Api, Feed, Time, SensorId);
        _notes = notes;
        notes.Changed += () => _ = InvokeAsync(StateHasChanged);
        _ = notes.StartAsync();
    }

    private async Task<string?> AddAsync(NoteDraft draft)
    {
        Note? note = null;
        var fault = await SendAsync(draft, async (edit, by) =>
        {
            var answer = await Api.AddNoteAsync(SensorId, edit, by);
            note = answer.Value;
            return answer.Refusal;
        });
        if (fault is not null)
            return fault;
        (_writing, _done) = (false, null);
        _offer = note is { Kind: NoteKind.MaintenanceDone } && note.End <= Fleet.Now ? note : null;
        return null;
    }

    private Task<string?> ChangeAsync(Note note, NoteDraft draft) => SendAsync(draft, async (edit, by) => (await Api.ChangeNoteAsync(note.Id, edit, by)).Refusal);

    private async Task<string?> SendAsync(NoteDraft draft, Func<NoteEdit, Actor, Task<Refusal?>> send)
    {
        var (edit, fault) = draft.Finish(Fleet.Now, Time.LocalTimeZone);
        return fault ?? await TryAsync(() => send(edit!, Me.Actor));
    }

    private async Task DeleteAsync(Note note)
    {
        _fault = await TryAsync(async () => (await Api.DeleteNoteAsync(note.Id, Me.Actor)).Refusal);
        if (_fault is null && _offer?.Id == note.Id)
            _offer = null;
    }

    private async Task LearnAsync(Note note)
    {
        var settings = new SensorSettings { BaselineSource = BaselineSource.Learned, LearnFrom = note.End };
        _fault = await TryAsync(async () => (await Sensors.SetSensorAsync(SensorId, settings, Me.Actor)).Refusal);
        if (_fault is null)
            (_offer, _done) = (null, "A new baseline is being learned; see its progress under Baseline.");
    }

    private async Task<string?> TryAsync(Func<Task<Refusal?>> send)
    {
        _sending = true;
        try
        {
            if (await send() is { } refusal)
                return RefusalText.Of(refusal);

            // The live message about the change may come later than the answer, and without a connection not at all.
            _ = _notes!.RefreshAsync();
            if (Fleet.Connection != LiveConnection.Connected)
                _ = Fleet.RefreshAsync();
            return null;
        }
        catch (HttpRequestException e)
        {
            return $"The server did not answer; the change may have been made. {e.Message}";
        }
        finally
        {
            _sending = false;
        }
    }
}
