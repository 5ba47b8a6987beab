using System.Globalization;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.DeadLetters;

/// <summary>Deletes one dead letter, or the oldest of a selection. The result is the number of deleted letters.</summary>
/// <param name="id">The letter; null for a selection.</param>
/// <param name="selection">The selection; ignored when <paramref name="id"/> is set.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
internal sealed class DeleteDeadLettersCommand(long? id, DeadLetterSelection selection, Actor actor, DateTimeOffset at) : Command<int>(actor, at)
{
    /// <summary>Maximum number of letters in one command: more would delay live events.</summary>
    public const int Portion = 500;

    /// <inheritdoc/>
    protected override string? Subject => id?.ToString(CultureInfo.InvariantCulture) ?? $"{selection.Reason} {selection.Topic}";

    /// <inheritdoc/>
    protected override int Execute(PipelineTransaction transaction)
    {
        var letters = transaction.Storage.DeadLetters;
        return id is { } one ? (letters.Remove(one) ? 1 : 0) : letters.Remove(selection, Portion);
    }
}
