using Microsoft.AspNetCore.Components;
using VibeDash.Client.Live;
using VibeDash.Client.Ui;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Live;

namespace VibeDash.Client.Alerts;

/// <summary>Shelved alerts come from <see cref="LiveFleet"/>. The out-of-service list is fetched again when an alert reports a change of it.</summary>
public sealed partial class ShelvedPage : LiveComponent
{
    private LiveQuery<OutOfService[]> _query = null!;
    private List<OutOfService>? _entries;
    private string? _fault;
    private bool _sending;

    [Inject]
    private Me Me { get; set; } = null!;

    [Inject]
    private IAlertApi Api { get; set; } = null!;

    [Inject]
    private ILiveFeed Feed { get; set; } = null!;

    [Inject]
    private AlertActions Actions { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Fleet.AlertsChanged += OnFleetChanged;
        _query = new(Time, Api.GetOutOfServiceAsync, Take, () => _ = InvokeAsync(StateHasChanged));
        await _query.StartAsync(
            Feed,
            new LiveHandlers
            {
                AlertsChanged = changes =>
                {
                    if (changes.Any(change => change.Transition.Trigger is AlertTrigger.TakenOutOfService or AlertTrigger.ReturnedToService))
                        _ = _query.RunAsync();
                },
            },
            prerendering: !RendererInfo.IsInteractive);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Fleet.AlertsChanged -= OnFleetChanged;
        _query?.Dispose();
        base.Dispose(disposing);
    }

    // Next to end first.
    private static List<Alert> Shelved(FleetView view) =>
        [.. view.OpenAlerts.Where(alert => alert is { Facts.IsShelved: true, Shelving: not null }).OrderBy(alert => alert.Shelving!.Until)];

    // Next to end first.
    private void Take(OutOfService[] entries) => _entries = [.. entries.OrderBy(entry => entry.ExpectedEnd)];

    private void Taken() => _ = _query.RunAsync();

    private Task ReturnAsync(OutOfService entry) => ChangeAsync(by => Api.ReturnToServiceAsync(entry.Id, by));

    private Task ExtendAsync(OutOfService entry) =>
        ChangeAsync(by => Api.ExtendOutOfServiceAsync(entry.Id, new((entry.ExpectedEnd ?? Fleet.Now).AddDays(1)), by));

    private async Task ChangeAsync(Func<Actor, Task<Answer<OutOfService>>> change)
    {
        _sending = true;
        try
        {
            var result = await change(Me.Actor);
            _fault = result.Refusal is { } refusal ? RefusalText.Of(refusal) : null;
            _ = _query.RunAsync();
        }
        catch (HttpRequestException e)
        {
            _fault = $"Not changed: the server could not be reached. {e.Message}";
        }
        finally
        {
            _sending = false;
        }
    }
}
