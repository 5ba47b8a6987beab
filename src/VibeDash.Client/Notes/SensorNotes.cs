using VibeDash.Client.Live;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;

namespace VibeDash.Client.Notes;

/// <summary>The notes of one sensor, kept up to date. Not thread-safe: the browser has one thread.</summary>
public sealed class SensorNotes : IDisposable
{
    private readonly ILiveFeed _feed;
    private readonly string _sensorId;
    private readonly LiveQuery<Note[]> _query;
    private long _position;

    /// <summary>Creates it empty; <see cref="StartAsync"/> fills it.</summary>
    /// <param name="api">Fetches the notes.</param>
    /// <param name="feed">Reports changes.</param>
    /// <param name="time">Clock of the pauses between attempts.</param>
    /// <param name="sensorId">The sensor.</param>
    public SensorNotes(INoteApi api, ILiveFeed feed, TimeProvider time, string sensorId)
    {
        (_feed, _sensorId) = (feed, sensorId);
        _query = new(time, cancellationToken => api.GetNotesAsync(sensorId, cancellationToken), notes => Notes = notes, () => Changed?.Invoke());
    }

    /// <summary>The notes changed, or a fetch ended.</summary>
    public event Action? Changed;

    /// <summary>The notes, newest first; null before they have been fetched.</summary>
    public IReadOnlyList<Note>? Notes { get; private set; }

    /// <summary>The message of the last fetch's failure; null when it succeeded.</summary>
    public string? Fault => _query.Fault;

    /// <summary>Subscribes, then fetches.</summary>
    public Task StartAsync() => _query.StartAsync(_feed, new LiveHandlers { NotesChanged = OnChanged, NotesPassed = span => Pass(span.First, span.Last) });

    /// <summary>Fetches again, for a change that live messages may not report.</summary>
    public Task RefreshAsync() => _query.RunAsync();

    /// <inheritdoc/>
    public void Dispose() => _query.Dispose();

    private void OnChanged(NoteChange[] changes)
    {
        foreach (var change in changes)
        {
            Pass(change.Position, change.Position);
            if (change.Note.SensorId == _sensorId)
                _query.Merge(() => Apply(change));
        }

        Changed?.Invoke();
    }

    // Positions count the notes of all sensors.
    private void Pass(long first, long last)
    {
        if (_position > 0 && first > _position + 1)
            _ = RefreshAsync();
        _position = last;
    }

    private bool Apply(NoteChange change)
    {
        if (Notes is null || (change.Action != NoteAction.Deleted && Notes.Any(known => known.Id == change.Note.Id && known.Version >= change.Note.Version)))
            return true;
        var others = Notes.Where(known => known.Id != change.Note.Id);
        Notes = [.. (change.Action == NoteAction.Deleted ? others : others.Append(change.Note)).OrderByDescending(note => note.From).ThenByDescending(note => note.Id)];
        return true;
    }
}
