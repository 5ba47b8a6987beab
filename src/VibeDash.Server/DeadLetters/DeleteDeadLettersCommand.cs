using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.DeadLetters;

/// <summary>Deletes one dead letter, or a portion of a selection: the oldest of it. The result is how many were deleted.</summary>
/// <param name="id">The letter; null for the selection.</param>
/// <param name="selection">Which ones; not looked at when one is named.</param>
internal sealed class DeleteDeadLettersCommand(long? id, DeadLetterSelection selection) : Command<int>
{
    /// <summary>Most letters that one command deletes: live events are not held up by more.</summary>
    public const int Portion = 500;

    /// <summary>The letter, or null.</summary>
    public long? Id => id;

    /// <summary>Which ones.</summary>
    public DeadLetterSelection Selection => selection;
}
