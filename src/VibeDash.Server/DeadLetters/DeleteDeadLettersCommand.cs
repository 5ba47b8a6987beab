using VibeDash.Core.Live;
using VibeDash.Server.Ingestion;

namespace VibeDash.Server.DeadLetters;

/// <summary>Deletes one dead letter, or a portion of a selection: the oldest of it.</summary>
/// <param name="id">The letter; null for the selection.</param>
/// <param name="selection">Which ones; not looked at when one is named.</param>
internal sealed class DeleteDeadLettersCommand(long? id, DeadLetterSelection selection) : WorkItem
{
    /// <summary>Most letters that one command deletes: live events are not held up by more.</summary>
    public const int Portion = 500;

    private readonly TaskCompletionSource<int> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The letter, or null.</summary>
    public long? Id => id;

    /// <summary>Which ones.</summary>
    public DeadLetterSelection Selection => selection;

    /// <summary>How many were deleted; set by the event loop before the commit.</summary>
    public int Deleted { get; set; }

    /// <summary>Completes after the commit.</summary>
    public Task<int> Completion => _completion.Task;

    /// <inheritdoc/>
    public override void Committed() => _completion.TrySetResult(Deleted);
}
