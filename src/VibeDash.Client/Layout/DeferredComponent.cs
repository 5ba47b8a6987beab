using Microsoft.AspNetCore.Components;

namespace VibeDash.Client.Layout;

/// <summary>
/// A component that is drawn again in a task of its own, after the one that gave it new parameters: the browser has one thread, and what is drawn
/// at one go keeps it from everything else.
/// </summary>
public abstract class DeferredComponent : ComponentBase, IDisposable
{
    private ITimer? _timer;
    private bool _waiting;
    private bool _due;
    private bool _disposed;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _timer?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override bool ShouldRender()
    {
        if (_due || _waiting)
            return _due;
        _waiting = true;
        _timer ??= Clock.CreateTimer(_ => _ = InvokeAsync(Draw), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return false;
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
