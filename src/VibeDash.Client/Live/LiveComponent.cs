using Microsoft.AspNetCore.Components;

namespace VibeDash.Client.Live;

/// <summary>A component that shows <see cref="LiveFleet"/> and is rendered again when that changes.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    /// <summary>The state of the fleet.</summary>
    [Inject]
    protected LiveFleet Fleet { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => Fleet.Changed += OnFleetChanged;

    /// <summary>Called when the fleet has changed; false skips rendering.</summary>
    protected virtual bool FleetChanged() => true;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Unsubscribes.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            Fleet.Changed -= OnFleetChanged;
    }

    /// <summary>Renders again, unless <see cref="FleetChanged"/> skips it.</summary>
    protected void OnFleetChanged() => _ = InvokeAsync(() =>
    {
        if (FleetChanged())
            StateHasChanged();
    });
}
