using System.Linq.Expressions;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Storage;

/// <summary>Queries on dead letters.</summary>
internal static class DeadLetterQueries
{
    /// <summary>The dead letters of a selection.</summary>
    public static IQueryable<DeadLetterRow> Of(this IQueryable<DeadLetterRow> letters, DeadLetterSelection selection)
    {
        var (reason, topic, since, before, source) = selection;
        if (reason is not null)
            letters = letters.Where(letter => letter.Reason == reason);
        if (topic is not null)
            letters = letters.Where(letter => letter.Topic == topic);
        if (since is not null)
            letters = letters.Where(letter => letter.ReceivedAt >= since);
        if (before is not null)
            letters = letters.Where(letter => letter.Id < before);
        if (source is not null)
            letters = letters.Where(letter => letter.Source == source);
        return letters;
    }

    /// <summary>The dead letters of which a replay may be accepted.</summary>
    public static IQueryable<DeadLetterRow> Replayable(this IQueryable<DeadLetterRow> letters) => letters.Where(CanReplay);

    /// <summary>True when a replay of a letter may be accepted.</summary>
    public static Expression<Func<DeadLetterRow, bool>> CanReplay { get; } = letter =>
        letter.IsWhole && (letter.Posted ? RejectionReasons.CurableWhenPosted.Contains(letter.Reason) : !RejectionReasons.Final.Contains(letter.Reason));
}
