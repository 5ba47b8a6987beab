using Microsoft.AspNetCore.Components;
using VibeDash.Client.Live;
using VibeDash.Client.Ui;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Live;

namespace VibeDash.Client.Alerts;

/// <summary>Shelved alerts are live; what is out of service is fetched, and again when an alert tells that something of it has changed.</summary>
public sealed partial class ShelvedPage : LiveComponent
{
    private List<OutOfService>? _entries;
    private IDisposable? _subscription;
    private OutOfServiceForm? _form;
    private string? _fault;
    private bool _sending;

    [Inject]
    private IAlertApi Api { get; set; } = null!;

    [Inject]
    private ILiveFeed Feed { get; set; } = null!;

    [Inject]
    private AlertActions Actions { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Fleet.AlertsChanged += OnFleetChanged;
        if (RendererInfo.IsInteractive)
        {
            _subscription = Feed.Subscribe(new LiveHandlers
            {
                AlertsChanged = changes =>
                {
                    if (changes.Any(change => change.Transition.Trigger is AlertTrigger.TakenOutOfService or AlertTrigger.ReturnedToService))
                        _ = InvokeAsync(LoadAsync);
                },
                ConnectionChanged = connection =>
                {
                    if (connection == LiveConnection.Connected)
                        _ = InvokeAsync(LoadAsync);
                },
            });
        }

        await LoadAsync();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Fleet.AlertsChanged -= OnFleetChanged;
        _subscription?.Dispose();
        base.Dispose(disposing);
    }

    // The one that ends next stands first.
    private static List<Alert> Shelved(FleetView view) =>
        [.. view.OpenAlerts.Where(alert => alert is { Facts.IsShelved: true, Shelving: not null }).OrderBy(alert => alert.Shelving!.Until)];

    private bool IsOverdue(OutOfService entry) => entry.ExpectedEnd < Fleet.Now;

    private async Task LoadAsync()
    {
        try
        {
            var entries = await Api.GetOutOfServiceAsync();
            (_entries, _fault) = ([.. entries.OrderByDescending(IsOverdue).ThenBy(entry => entry.At)], null);
        }
        catch (HttpRequestException e)
        {
            _fault = $"What is out of service could not be fetched. {e.Message}";
        }

        StateHasChanged();
    }

    private Task Taken() => LoadAsync();

    private async Task ReturnAsync(OutOfService entry)
    {
        // The name is asked for in the form below.
        if (await _form!.TakeNameAsync() is not { } by)
        {
            _fault = "Your name is missing: give it in the form below.";
            return;
        }

        _sending = true;
        try
        {
            var result = await Api.ReturnToServiceAsync(entry.Id, by);
            await LoadAsync();
            _fault ??= result.Fault;
        }
        catch (HttpRequestException e)
        {
            _fault = $"Not returned: the server did not take it. {e.Message}";
        }
        finally
        {
            _sending = false;
        }
    }
}
