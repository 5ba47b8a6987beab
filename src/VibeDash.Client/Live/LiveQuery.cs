namespace VibeDash.Client.Live;

/// <summary>
/// Keeps fetched data up to date with live messages: subscribe, fetch, merge. A message that arrives during a fetch is applied again to the result,
/// which may be older than the message. Fetches again after a reconnect, after a gap in the messages, and after a failure until it succeeds or the session has ended.
/// Not thread-safe: the browser has one thread.
/// </summary>
/// <typeparam name="T">The fetched data.</typeparam>
/// <param name="time">Clock of the pauses.</param>
/// <param name="fetch">Fetches the data. May throw <see cref="HttpRequestException"/>.</param>
/// <param name="take">Replaces the data with a fetch's result.</param>
/// <param name="fetched">Called after every fetch, successful or not.</param>
public sealed class LiveQuery<T>(TimeProvider time, Func<CancellationToken, Task<T>> fetch, Action<T> take, Action fetched) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Func<bool>> _messages = [];
    private IDisposable? _subscription;
    private bool _isFetching;
    private bool _again;
    private bool _signedOut;

    /// <summary>Minimum pause before a fetch that follows a successful one, so that a server whose messages never fit is not flooded. Default: zero.</summary>
    public TimeSpan MinimumPause { get; init; }

    /// <summary>The message of the last fetch's failure; null when it succeeded.</summary>
    public string? Fault { get; private set; }

    /// <summary>True once a fetch has succeeded.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>True during a fetch, and during the pause before the next attempt.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>True once it has been disposed.</summary>
    public bool IsStopped => _stopping.IsCancellationRequested;

    /// <summary>Subscribes, then fetches.</summary>
    /// <param name="feed">The live messages.</param>
    /// <param name="handlers">Merge the messages, see <see cref="Merge"/>.</param>
    /// <param name="prerendering">True to fetch once: a response must not wait for retries.</param>
    public Task StartAsync(ILiveFeed feed, LiveHandlers handlers, bool prerendering = false)
    {
        if (prerendering)
            return FetchAsync();
        Subscribe(feed, handlers);
        return RunAsync();
    }

    /// <summary>Subscribes until disposed, and fetches after every reconnect.</summary>
    public void Subscribe(ILiveFeed feed, LiveHandlers handlers) => _subscription = feed.Subscribe(handlers with
    {
        ConnectionChanged = connection =>
        {
            if (connection == LiveConnection.Connected)
                _ = RunAsync();
            handlers.ConnectionChanged?.Invoke(connection);
        },
    });

    /// <summary>Applies a message.</summary>
    /// <param name="apply">Applies it to the data; false when messages before it were missed. Must leave newer data as it is.</param>
    public void Merge(Func<bool> apply)
    {
        if (_isFetching)
            _messages.Add(apply);
        if (!apply() && !IsRunning)
            _ = RunAsync();
    }

    /// <summary>Fetches until it succeeds. During a fetch: fetches once more after it.</summary>
    public async Task RunAsync()
    {
        if (IsRunning)
        {
            _again = true;
            return;
        }

        (IsRunning, _again) = (true, false);
        try
        {
            for (var failures = 0L; (!await FetchAsync() || _again) && !_signedOut; _again = false)
            {
                var pause = Fault is null ? MinimumPause : EndlessRetry.Pause(failures);
                failures = Fault is null ? 0 : failures + 1;
                await Task.Delay(pause, time, Stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
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
        _subscription?.Dispose();
        _stopping.Cancel();
        _stopping.Dispose();
    }

    // The token of a disposed source cannot be taken.
    private CancellationToken Stopping => IsStopped ? new CancellationToken(canceled: true) : _stopping.Token;

    /// <returns>True when the data is complete.</returns>
    private async Task<bool> FetchAsync()
    {
        var isComplete = true;
        _isFetching = true;
        try
        {
            var result = await fetch(Stopping);
            Stopping.ThrowIfCancellationRequested();
            take(result);
            (Fault, IsLoaded, _signedOut) = (null, true, false);
            foreach (var apply in _messages)
                isComplete &= apply();
        }
        catch (HttpRequestException e)
        {
            Fault = e.Message;
            isComplete = false;
            _signedOut = EndlessRetry.IsSignedOut(e);
        }
        finally
        {
            _isFetching = false;
            _messages.Clear();
        }

        fetched();
        return isComplete;
    }
}
