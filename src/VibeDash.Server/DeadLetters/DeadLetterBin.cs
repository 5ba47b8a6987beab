using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.DeadLetters;

/// <summary>Deletes dead letters, through the event loop, which is the only writer. Thread-safe.</summary>
internal sealed class DeadLetterBin(EventQueue queue)
{
    /// <summary>Deletes one; completes after the commit.</summary>
    /// <returns>False when there was none of that id.</returns>
    public async Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) =>
        await queue.DoAsync(new DeleteDeadLettersCommand(id, new()), cancellationToken) > 0;

    /// <summary>Deletes a selection portion by portion, so that live events are not held up.</summary>
    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteAsync(DeadLetterSelection selection, CancellationToken cancellationToken)
    {
        for (var deleted = 0; ;)
        {
            var portion = await queue.DoAsync(new DeleteDeadLettersCommand(null, selection), cancellationToken);
            deleted += portion;
            if (portion < DeleteDeadLettersCommand.Portion)
                return deleted;
        }
    }
}
