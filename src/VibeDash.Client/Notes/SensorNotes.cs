using VibeDash.Client.Live;
using VibeDash.Core.Live;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Notes;

/// <summary>
/// The notes of one sensor, live. Listens first, then fetches, then applies what came meanwhile; fetches anew after a reconnect and when changes were
/// missed. Not thread-safe: the browser has one thread.
/// </summary>
/// <param name="api">Where notes come from.</param>
/// <param name="feed">Where changes come from.</param>
/// <param name="time">Clock of the pauses between tries.</param>
/// <param name="sensorId">The sensor.</param>
public sealed class SensorNotes(IDashboardApi api, ILiveFeed feed, TimeProvider time, string sensorId) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<NoteChange> _sinceFetch = [];
    private IDisposable? _subscription;
    private long _position;
    private bool _fetching;
    private bool _fetchAgain;

    /// <summary>The notes changed, or could not be fetched.</summary>
    public event Action? Changed;

    /// <summary>The notes, newest first; null before they have been fetched.</summary>
    public IReadOnlyList<Note>? Notes { get; private set; }

    /// <summary>Why they could not be fetched; null when they could.</summary>
    public string? Fault { get; private set; }

    /// <summary>Starts listening, then fetches.</summary>
    public Task StartAsync()
    {
        _subscription = feed.Subscribe(new LiveHandlers
        {
            NotesChanged = OnChanged,
            ConnectionChanged = connection =>
            {
                if (connection == LiveConnection.Connected)
                    _ = RefreshAsync();
            },
        });
        return RefreshAsync();
    }

    /// <summary>Fetches anew, for when something happened that the live messages may not tell.</summary>
    public async Task RefreshAsync()
    {
        if (_fetching)
        {
            _fetchAgain = true;
            return;
        }

        _fetching = true;
        try
        {
            var tries = 0L;
            do
            {
                _fetchAgain = false;
                _sinceFetch.Clear();
                try
                {
                    Notes = await api.GetNotesAsync(sensorId, _stopping.Token);
                    Fault = null;
                    foreach (var change in _sinceFetch)
                        Apply(change);
                }
                catch (HttpRequestException e)
                {
                    (Fault, _fetchAgain) = (e.Message, true);
                }

                Changed?.Invoke();
                if (Fault is not null)
                    await Task.Delay(EndlessRetry.Pause(tries++), time, _stopping.Token);
            }
            while (_fetchAgain);
        }
        catch (OperationCanceledException)
        {
            // The page shows something else now.
        }
        finally
        {
            _fetching = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _subscription?.Dispose();
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private void OnChanged(NoteChange[] changes)
    {
        foreach (var change in changes)
        {
            if (_position > 0 && change.Position > _position + 1)
                _ = RefreshAsync();
            _position = change.Position;
            if (change.Note.SensorId != sensorId)
                continue;
            if (_fetching)
                _sinceFetch.Add(change);
            Apply(change);
        }

        Changed?.Invoke();
    }

    private void Apply(NoteChange change)
    {
        if (Notes is null || (change.Action != NoteAction.Deleted && Notes.Any(known => known.Id == change.Note.Id && known.Version >= change.Note.Version)))
            return;
        var others = Notes.Where(known => known.Id != change.Note.Id);
        Notes = [.. (change.Action == NoteAction.Deleted ? others : others.Append(change.Note)).OrderByDescending(note => note.From).ThenByDescending(note => note.Id)];
    }
}
