namespace VibeDash.Client.Live;

/// <summary>A feed without messages, for the server that prerenders.</summary>
public sealed class SilentLiveFeed : ILiveFeed
{
    /// <summary>Always <see cref="LiveConnection.Connecting"/>: the browser connects later.</summary>
    public LiveConnection Connection => LiveConnection.Connecting;

    /// <inheritdoc/>
    public IDisposable Subscribe(LiveHandlers handlers) => Nothing.Instance;

    /// <inheritdoc/>
    public Task<IAsyncDisposable> WatchOverviewAsync() => Task.FromResult<IAsyncDisposable>(Nothing.Instance);

    /// <inheritdoc/>
    public Task<IAsyncDisposable> WatchSensorsAsync(IReadOnlyCollection<string> sensorIds) => Task.FromResult<IAsyncDisposable>(Nothing.Instance);

    private sealed class Nothing : IDisposable, IAsyncDisposable
    {
        public static readonly Nothing Instance = new();

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
