using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using VibeDash.Client.Live;
using VibeDash.Client.Ui;

namespace VibeDash.Client.Export;

/// <summary>Takes the options of an export and shows its progress. The browser streams the file to disk; cancelling leaves no file.</summary>
public sealed partial class ExportDialog : ComponentBase
{
    private static readonly TimeSpan UsualRange = TimeSpan.FromDays(1);

    private ElementReference _dialog;
    private IJSObjectReference? _module;
    private IJSObjectReference? _download;
    private DotNetObjectReference<ExportDialog>? _self;
    private ExportDraft? _draft;
    private ExportProgress? _progress;
    private ExportOutcome? _outcome;

    /// <summary>The sensor.</summary>
    [Parameter, EditorRequired]
    public string SensorId { get; set; } = "";

    /// <summary>Initial start of the range; null for one day before its end.</summary>
    [Parameter]
    public DateTimeOffset? From { get; set; }

    /// <summary>Initial end of the range; null for now.</summary>
    [Parameter]
    public DateTimeOffset? To { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private LiveFleet Fleet { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private bool Running => _progress is not null && _outcome is null;

    /// <summary>Called by the script a few times a second.</summary>
    [JSInvokable]
    public void Report(long rows, long bytes, long expected)
    {
        _progress = new(rows, bytes, expected);
        StateHasChanged();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await CancelAsync();
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page was closed, and the download with it.
        }

        _self?.Dispose();
    }

    private static string Sentence(ExportProgress progress, ExportOutcome? outcome) =>
        $"{(outcome switch { null => "Exporting", { Done: true } => "Exported", { Cancelled: true } => "Cancelled after", _ => "Ended after" })} "
        + $"{Many(progress.Rows)}{(outcome is null && progress.Expected > 0 ? $" of about {Many(progress.Expected)}" : "")} rows, {Numbers.Bytes(progress.Bytes)}.";

    private static string Many(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private string Sentence(ExportProgress progress) => Sentence(progress, _outcome);

    private async Task OpenAsync()
    {
        var to = To ?? Fleet.Now;
        _draft = ExportDraft.Of(From ?? to - UsualRange, to, Time.LocalTimeZone);
        (_progress, _outcome) = (null, null);
        await (await ModuleAsync()).InvokeVoidAsync("open", _dialog);
    }

    private async Task StartAsync()
    {
        if (Running || _draft?.Address(SensorId, Time.LocalTimeZone) is not { } address)
            return;
        (_progress, _outcome) = (new(0, 0, 0), null);
        _self ??= DotNetObjectReference.Create(this);
        try
        {
            _download = await (await ModuleAsync()).InvokeAsync<IJSObjectReference>("create", address, _self);
            _outcome = await _download.InvokeAsync<ExportOutcome>("run", FileName());
            if (_outcome is { Cancelled: true } && _progress.Bytes == 0)
                _progress = null;
        }
        catch (JSException e)
        {
            _outcome = new(false, false, e.Message);
        }
        finally
        {
            if (_download is { } ended)
                await ended.DisposeAsync();
            _download = null;
        }
    }

    private string FileName() =>
        $"{SensorId.Replace(':', '-')} {(_draft!.IsJournal ? "alert journal" : "readings")}.{(_draft.IsJson ? "ndjson" : "csv")}";

    private async Task CancelAsync()
    {
        if (_download is { } download)
            await download.InvokeVoidAsync("cancel");
    }

    private async Task CloseAsync() => await (await ModuleAsync()).InvokeVoidAsync("close", _dialog);

    // Escape closes the dialog too; a download without its dialog would be invisible.
    private async Task ClosedAsync()
    {
        await CancelAsync();
        _draft = null;
    }

    private async Task<IJSObjectReference> ModuleAsync() =>
        _module ??= await Js.InvokeAsync<IJSObjectReference>("import", "./Export/ExportDialog.razor.js");
}
