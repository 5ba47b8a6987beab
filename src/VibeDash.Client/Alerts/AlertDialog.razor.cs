using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using VibeDash.Client.Live;
using VibeDash.Client.Ui;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Alerts;

/// <summary>Takes input, sends the action, and shows a refusal.</summary>
public sealed partial class AlertDialog : LiveComponent
{
    private ElementReference _dialog;
    private IJSObjectReference? _module;
    private AlertTrigger _trigger;
    private IReadOnlyList<Alert> _alerts = [];
    private AlertCriteria? _filter;
    private long _upTo;
    private AlertBulkResult? _outcome;
    private ActionDraft _draft = new();
    private Alert? _refused;
    private string? _fault;
    private bool _sending;
    private bool _open;
    private int _requests;

    [Inject]
    private Me Me { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private IAlertApi Api { get; set; } = null!;

    [Inject]
    private AlertActions Actions { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private TimeSpan MaximumShelving => TimeSpan.FromHours(Fleet.View?.Status.MaximumShelvingHours ?? 8);

    // Another person acted first, according to the server's answer or to a live message.
    private string? Overtaken =>
        _alerts is [var asked] && (_refused ?? (_sending ? null : Fleet.View?.OpenAlerts.FirstOrDefault(alert => alert.Id == asked.Id))) is { } now
            ? ActionText.Overtaken(_trigger, now, Fleet.Now)
            : null;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        Actions.Requested += OnRequested;
        Actions.AllRequested += OnAllRequested;
    }

    /// <inheritdoc/>
    protected override bool FleetChanged() => _alerts.Count > 0;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_alerts.Count == 0 || _open)
            return;
        _open = true;
        await (await ModuleAsync()).InvokeVoidAsync("open", _dialog);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Actions.Requested -= OnRequested;
        Actions.AllRequested -= OnAllRequested;
        base.Dispose(disposing);
    }

    private async Task<IJSObjectReference> ModuleAsync() =>
        _module ??= await Js.InvokeAsync<IJSObjectReference>("import", "./dialog.js");

    private void OnRequested(AlertTrigger trigger, IReadOnlyList<Alert> alerts) => Open(trigger, alerts, filter: null, upTo: 0);

    private void OnAllRequested(AlertCriteria filter, long upTo, IReadOnlyList<Alert> alerts) => Open(AlertTrigger.Acknowledged, alerts, filter, upTo);

    private void Open(AlertTrigger trigger, IReadOnlyList<Alert> alerts, AlertCriteria? filter, long upTo) => _ = InvokeAsync(() =>
    {
        (_filter, _upTo) = (filter, upTo);
        (_trigger, _alerts, _draft, _requests) = (trigger, alerts, ActionDraft.For(trigger, alerts, MaximumShelving), _requests + 1);
        (_outcome, _refused, _fault, _open) = (null, null, null, false);
        StateHasChanged();
    });

    private async Task ConfirmAsync()
    {
        if (_alerts.Count == 0 || _sending)
            return;

        var (asking, alerts) = (_requests, _alerts);
        _sending = true;
        try
        {
            _fault = _draft.Fault(_trigger);
            if (_fault is not null)
                return;

            if (_filter is { } filter)
                await AcknowledgeAllAsync(filter, Me.Actor, asking);
            else
                await ActAsync(alerts, Me.Actor, asking);

            // Without the live connection no message reports the change.
            if (Fleet.Connection != LiveConnection.Connected)
                _ = Fleet.RefreshAsync();
        }
        catch (HttpRequestException e)
        {
            _fault = $"Not sent: the server could not be reached. {e.Message}";
        }
        finally
        {
            _sending = false;
        }
    }

    private async Task AcknowledgeAllAsync(AlertCriteria filter, Actor actor, int asking)
    {
        var answer = await Api.AcknowledgeAllAsync(_draft.Acknowledgement(filter, _upTo, Fleet.Now, Time.LocalTimeZone), actor);
        Actions.Finish([]);
        if (asking == _requests)
            (_outcome, _fault) = (answer.Value, answer.Refusal is { } refusal ? RefusalText.Of(refusal) : null);
    }

    private async Task ActAsync(IReadOnlyList<Alert> alerts, Actor actor, int asking)
    {
        var results = new List<AlertResult>(alerts.Count);
        foreach (var part in alerts.Chunk(AlertAction.MaximumAlerts))
        {
            var answer = await Api.ActAsync(_draft.Action(_trigger, part, Fleet.Now, Time.LocalTimeZone), actor);
            _fault ??= answer.Refusal is { } refusal ? RefusalText.Of(refusal) : null;
            results.AddRange(answer.Value ?? []);
        }

        Actions.Finish([.. results.Where(result => result.Refusal is null).Select(result => result.Alert!)]);
        if (asking == _requests && _fault is null)
            await ShowAsync(results);
    }

    private async Task ShowAsync(List<AlertResult> results)
    {
        if (results.TrueForAll(result => result.Refusal is null))
            await CloseAsync();
        else if (results is [{ } only] || results.TrueForAll(result => result.Alert is null))
            (_refused, _fault) = (results[0].Alert, RefusalText.Of(results[0].Refusal!));
        else
            _outcome = Outcome(results);
    }

    private static AlertBulkResult Outcome(List<AlertResult> results)
    {
        AlertResult[] refused = [.. results.Where(result => result.Refusal is not null)];
        return new(results.Count - refused.Length, refused.Length, refused);
    }

    private async Task CloseAsync() => await (await ModuleAsync()).InvokeVoidAsync("close", _dialog);

    private void Closed() => _alerts = [];
}
