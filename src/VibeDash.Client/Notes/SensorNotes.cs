using VibeDash.Client.Live;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;

namespace VibeDash.Client.Notes;

/// <summary>
/// The notes of one sensor, live. Listens first, then fetches, then applies what came meanwhile; fetches anew after a reconnect and when changes were
/// missed. Not thread-safe: the browser has one thread.
/// </summary>
public sealed class SensorNotes : IDisposable
{
    private readonly INoteApi _api;
    private readonly ILiveFeed _feed;
    private readonly string _sensorId;
    private readonly FetchLoop _fetching;
    private readonly List<NoteChange> _sinceFetch = [];
    private IDisposable? _subscription;
    private long _position;

    /// <summary>Creates it empty; <see cref="StartAsync"/> fills it.</summary>
    /// <param name="api">Where notes come from.</param>
    /// <param name="feed">Where changes come from.</param>
    /// <param name="time">Clock of the pauses between tries.</param>
    /// <param name="sensorId">The sensor.</param>
    public SensorNotes(INoteApi api, ILiveFeed feed, TimeProvider time, string sensorId)
    {
        (_api, _feed, _sensorId) = (api, feed, sensorId);
        _fetching = new(time, TimeSpan.Zero, FetchAsync, fault =>
        {
            Fault = fault;
            Changed?.Invoke();
        });
    }

    /// <summary>The notes changed, or could not be fetched.</summary>
    public event Action? Changed;

    /// <summary>The notes, newest first; null before they have been fetched.</summary>
    public IReadOnlyList<Note>? Notes { get; private set; }

    /// <summary>Why they could not be fetched; null when they could.</summary>
    public string? Fault { get; private set; }

    /// <summary>Starts listening, then fetches.</summary>
    public Task StartAsync()
    {
        _subscription = _feed.Subscribe(new LiveHandlers
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
    public Task RefreshAsync() => _fetching.RunAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        _subscription?.Dispose();
        _fetching.Dispose();
    }

    private async Task<bool> FetchAsync(CancellationToken cancellationToken)
    {
        _sinceFetch.Clear();
        Notes = await _api.GetNotesAsync(_sensorId, cancellationToken);
        foreach (var change in _sinceFetch)
            Apply(change);
        return true;
    }

    private void OnChanged(NoteChange[] changes)
    {
        foreach (var change in changes)
        {
            if (_position > 0 && change.Position > _position + 1)
                _ = RefreshAsync();
            _position = change.Position;
            if (change.Note.SensorId != _sensorId)
                continue;
            if (_fetching.IsRunning)
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
