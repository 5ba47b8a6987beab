namespace VibeDash.Client.Live;

/// <summary>Watches the sensors that a part of the page shows. Not thread-safe: the browser has one thread.</summary>
public sealed class ShownSensors(ILiveFeed feed) : IAsyncDisposable
{
    private string[] _wanted = [];
    private string[] _watched = [];
    private IAsyncDisposable? _watch;
    private bool _changing;

    /// <summary>Watches exactly <paramref name="sensorIds"/> from now on.</summary>
    public async Task ShowAsync(string[] sensorIds)
    {
        _wanted = sensorIds;
        if (_changing)
            return;
        _changing = true;
        try
        {
            while (!_watched.ToHashSet(StringComparer.Ordinal).SetEquals(_wanted))
            {
                // The new watch first, so that sensors in both are watched without a break.
                var before = _watch;
                _watched = _wanted;
                _watch = _watched.Length == 0 ? null : await feed.WatchSensorsAsync(_watched);
                if (before is not null)
                    await before.DisposeAsync();
            }
        }
        finally
        {
            _changing = false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await ShowAsync([]);
}
