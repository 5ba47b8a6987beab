namespace VibeDash.Core.Contract;

/// <summary>Dead letters: rejected messages, and their replay.</summary>
/// <remarks>Every method throws <see cref="HttpRequestException"/> when the server cannot be reached or fails.</remarks>
public interface IDeadLetterApi
{
    /// <summary>Dead letters grouped by reason and topic, newest arrival first.</summary>
    Task<DeadLetterGroup[]> GetDeadLetterGroupsAsync(DeadLetterSelection selection, CancellationToken cancellationToken = default);

    /// <summary>Dead letters, newest first.</summary>
    /// <param name="selection">Filters by reason and topic.</param>
    /// <param name="limit">Maximum number, 1 to <see cref="DeadLetterSelection.MaximumLimit"/>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    Task<DeadLetter[]> GetDeadLettersAsync(DeadLetterSelection selection, int limit, CancellationToken cancellationToken = default);

    /// <summary>One dead letter with its payload; null when no dead letter has that id.</summary>
    Task<DeadLetterDetail?> GetDeadLetterAsync(long id, CancellationToken cancellationToken = default);

    /// <summary>Replays one dead letter. A refusal is a result, not an exception.</summary>
    Task<Answer<ReplayResult>> ReplayDeadLetterAsync(long id, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Starts a replay of all dead letters of a selection. Only one replay runs at a time: returns that run, which may be an earlier one.</summary>
    Task<ReplayRun> ReplayDeadLettersAsync(DeadLetterSelection selection, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>The replay in progress, or the last one; null when there was none since the server started.</summary>
    Task<ReplayRun?> GetReplayRunAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes one dead letter; false when no dead letter has that id.</summary>
    Task<bool> DeleteDeadLetterAsync(long id, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Deletes all dead letters of a selection.</summary>
    Task<DeadLettersDeleted> DeleteDeadLettersAsync(DeadLetterSelection selection, Actor actor, CancellationToken cancellationToken = default);
}
