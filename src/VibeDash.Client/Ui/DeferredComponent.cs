using Microsoft.AspNetCore.Components;

namespace VibeDash.Client.Ui;

/// <summary>A component that renders new parameters in a later task of the browser than its parent.</summary>
public abstract class DeferredComponent : ComponentBase, IDisposable
{
    private bool _waiting;
    private bool _due;
    private bool _disposed;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <summary>True when new parameters need rendering.</summary>
    protected virtual bool IsChanged => true;

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override bool ShouldRender()
    {
        if (!_due && !_waiting && IsChanged)
            _ = DrawAsync();
        return _due;
    }

    private async Task DrawAsync()
    {
        _waiting = true;
        await Clock.NextTaskAsync().ConfigureAwait(false);
        await InvokeAsync(Draw);
    }

    private void Draw()
    {
        _waiting = false;
        if (_disposed)
            return;
        _due = true;
        StateHasChanged();
        _due = false;
    }
}
