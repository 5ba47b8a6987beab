using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;

namespace VibeDash.Server.DeadLetters;

/// <summary>Dead letters, for the HTTP API and for prerendering. Thread-safe.</summary>
internal sealed class DeadLetterService(DeadLetterReader letters, Replayer replayer, ReplayRuns runs, EventQueue queue, TimeProvider time) : IDeadLetterApi
{
    /// <inheritdoc/>
    public Task<DeadLetterGroup[]> GetDeadLetterGroupsAsync(DeadLetterSelection selection, CancellationToken cancellationToken = default) =>
        letters.GroupsAsync(selection, cancellationToken);

    /// <inheritdoc/>
    public Task<DeadLetter[]> GetDeadLettersAsync(DeadLetterSelection selection, int limit, CancellationToken cancellationToken = default) =>
        letters.ListAsync(selection, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<DeadLetterDetail?> GetDeadLetterAsync(long id, CancellationToken cancellationToken = default) => letters.FindAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<Answer<ReplayResult>> ReplayDeadLetterAsync(long id, Actor actor, CancellationToken cancellationToken = default) =>
        replayer.ReplayAsync(id, actor, cancellationToken);

    /// <inheritdoc/>
    public async Task<ReplayRun> ReplayDeadLettersAsync(DeadLetterSelection selection, Actor actor, CancellationToken cancellationToken = default) =>
        (await runs.StartAsync(selection, actor, cancellationToken)).Run;

    /// <inheritdoc/>
    public Task<ReplayRun?> GetReplayRunAsync(CancellationToken cancellationToken = default) => Task.FromResult(runs.Latest);

    /// <inheritdoc/>
    public async Task<bool> DeleteDeadLetterAsync(long id, Actor actor, CancellationToken cancellationToken = default) =>
        await queue.ExecuteAsync(Delete(id, new(), actor), cancellationToken) > 0;

    /// <inheritdoc/>
    public async Task<DeadLettersDeleted> DeleteDeadLettersAsync(DeadLetterSelection selection, Actor actor, CancellationToken cancellationToken = default)
    {
        // In portions, so that live events are not delayed.
        for (var deleted = 0; ;)
        {
            var portion = await queue.ExecuteAsync(Delete(null, selection, actor), cancellationToken);
            deleted += portion;
            if (portion < DeleteDeadLettersCommand.Portion)
                return new(deleted);
        }
    }

    private DeleteDeadLettersCommand Delete(long? id, DeadLetterSelection selection, Actor actor) => new(id, selection, actor, UnixMicroseconds.Now(time));
}
