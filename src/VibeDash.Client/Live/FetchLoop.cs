namespace VibeDash.Client.Live;

/// <summary>
/// Fetches what is shown, once at a time: again when that was asked for meanwhile, when something was missed, and after a fault for as long as it lasts.
/// Not thread-safe: the browser has one thread.
/// </summary>
/// <param name="time">Clock of the pauses.</param>
/// <param name="leastBetween">Pause before it is fetched again without a fault.</param>
/// <param name="fetch">Fetches and takes over; false when something was missed. May throw <see cref="HttpRequestException"/>.</param>
/// <param name="fetched">Told after each time: why it could not be fetched, or null.</param>
public sealed class FetchLoop(TimeProvider time, TimeSpan leastBetween, Func<CancellationToken, Task<bool>> fetch, Action<string?> fetched) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private bool _again;

    /// <summary>True while it fetches, or pauses before it does so again.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>True once it is disposed: nothing is fetched any more.</summary>
    public bool IsStopped => _stopping.IsCancellationRequested;

    /// <summary>Fetches; while that is under way already, has it done once more.</summary>
    public async Task RunAsync()
    {
        if (IsRunning)
        {
            _again = true;
            return;
        }

        IsRunning = true;
        try
        {
            var tries = 0L;
            do
            {
                _again = false;
                string? fault = null;
                try
                {
                    if (!await fetch(_stopping.Token))
                        _again = true;
                }
                catch (HttpRequestException e)
                {
                    (fault, _again) = (e.Message, true);
                }

                fetched(fault);
                if (_again)
                    await Task.Delay(fault is null ? leastBetween : EndlessRetry.Pause(tries++), time, _stopping.Token);
            }
            while (_again);
        }
        catch (OperationCanceledException)
        {
            // The page shows something else now.
        }
        finally
        {
            IsRunning = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsStopped)
            return;
        _stopping.Cancel();
        _stopping.Dispose();
    }
}
