using System.Collections.Immutable;

namespace VibeDash.Core.Readings;

/// <summary>
/// When a machine ran and when it stood still, as far as was said: its latest changes. Words may come in any order; an old one never changes the
/// present. Words that say what is known already are not kept one by one: an old word that contradicts holds until the newest of them. Immutable, so thread-safe.
/// </summary>
public sealed class MachineHistory
{
    /// <summary>Most changes that are kept; before the oldest of them the machine counts as running.</summary>
    public const int Kept = 1000;

    // When the present state was last confirmed: an older word ends there. It is not stored; a restart leaves the time of the last change.
    private readonly DateTimeOffset _confirmedAt;

    /// <summary>Goes on from changes.</summary>
    /// <param name="words">In order of time, at most <see cref="Kept"/>.</param>
    public MachineHistory(IEnumerable<MachineWord> words)
        : this([.. words], default)
    {
    }

    private MachineHistory(ImmutableArray<MachineWord> words, DateTimeOffset confirmedAt) => (Words, _confirmedAt) = (words, confirmedAt);

    /// <summary>Nothing was said.</summary>
    public static MachineHistory Empty { get; } = new([]);

    /// <summary>What is kept, in order of time.</summary>
    public ImmutableArray<MachineWord> Words { get; }

    /// <summary>The state by the newest word; null when there is none.</summary>
    public MachineState? Latest => Words.IsEmpty ? null : At(Words.Length - 1);

    /// <summary>The state at a time. Does not allocate.</summary>
    public MachineState At(DateTimeOffset time)
    {
        var i = Words.Length - 1;
        while (i >= 0 && Words[i].At > time)
            i--;
        return i < 0 ? MachineState.Unknown : At(i);
    }

    /// <summary>Takes in a word.</summary>
    /// <param name="at">From when on it holds.</param>
    /// <param name="runs">What it says.</param>
    /// <returns>The history with it. What it says of any time is the same as before when <see cref="Words"/> are.</returns>
    public MachineHistory Hear(DateTimeOffset at, bool runs)
    {
        if (Words.IsEmpty)
            return new([new(at, runs)], at);

        var present = Words[^1];
        var newest = _confirmedAt > present.At ? _confirmedAt : present.At;
        if (at >= newest && present.At != at)
            return new(runs == present.Runs ? Words : Trim(Words.Add(new(at, runs))), at);

        var next = 0;
        while (next < Words.Length && Words[next].At <= at)
            next++;
        if (next > 0 && Words[next - 1].Runs == runs)
            return this;

        // Of two that say it of the same moment the one that came later is right.
        var words = next > 0 && Words[next - 1].At == at ? Words.SetItem(next - 1, new(at, runs)) : Words.Insert(next, new(at, runs));
        if (at > present.At)
            words = words.Add(new(newest, present.Runs));
        return new(Trim(words), newest);
    }

    private static ImmutableArray<MachineWord> Trim(ImmutableArray<MachineWord> words) => words.Length <= Kept ? words : words.RemoveRange(0, words.Length - Kept);

    private MachineState At(int i)
    {
        var runs = Words[i].Runs;
        while (i > 0 && Words[i - 1].Runs == runs)
            i--;
        return runs && i == 0 ? MachineState.Unknown : new(runs, Words[i].At);
    }
}
