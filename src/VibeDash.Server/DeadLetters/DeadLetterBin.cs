using VibeDash.Core.Live;
using VibeDash.Server.Ingestion;

namespace VibeDash.Server.DeadLetters;

/// <summary>Deletes dead letters, through the event loop, which is the only writer. Thread-safe.</summary>
internal sealed class DeadLetterBin(EventQueue queue)
{
    /// <summary>Deletes one; completes after the commit.</summary>
    /// <returns>False when there was none of that id.</returns>
    public async Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) =>
        await DeleteAsync(new DeleteDeadLettersCommand(id, new()), cancellationToken) > 0;

    /// <summary>Deletes a selection portion by portion, so that live events are not held up.</summary>
    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteAsync(DeadLetterSelection selection, CancellationToken cancellationToken)
    {
        for (var deleted = 0; ;)
        {
            var portion = await DeleteAsync(new DeleteDeadLettersCommand(null, selection), cancellationToken);
            deleted += portion;
            if (portion < DeleteDeadLettersCommand.Portion)
                return deleted;
        }
    }

    private async Task<int> DeleteAsync(DeleteDeadLettersCommand command, CancellationToken cancellationToken)
    {
        await queue.WriteAsync(command, cancellationToken);
        return await command.Completion.WaitAsync(cancellationToken);
    }
}
