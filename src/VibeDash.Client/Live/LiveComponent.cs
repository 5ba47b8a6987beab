using Microsoft.AspNetCore.Components;

namespace VibeDash.Client.Live;

/// <summary>A component that draws from the shared picture of the fleet, and draws again when that changes.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    /// <summary>The shared picture.</summary>
    [Inject]
    protected LiveFleet Fleet { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => Fleet.Changed += OnFleetChanged;

    /// <summary>Called before drawing again; false spares the drawing.</summary>
    protected virtual bool FleetChanged() => true;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops listening.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            Fleet.Changed -= OnFleetChanged;
    }

    /// <summary>Draws again, unless <see cref="FleetChanged"/> spares it.</summary>
    protected void OnFleetChanged() => _ = InvokeAsync(() =>
    {
        if (FleetChanged())
            StateHasChanged();
    });
}
