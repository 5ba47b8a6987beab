using System.Collections.Immutable;

namespace VibeDash.Core.Readings;

/// <summary>
/// When a machine ran and when it stood still, as far as was said: its latest changes. Entries may come in any order; an old one never changes the
/// present. Entries that say what is known already are not kept one by one: an old entry that contradicts holds until the newest of them. Immutable, so thread-safe.
/// </summary>
public sealed class MachineHistory
{
    /// <summary>Most changes that are kept; before the oldest of them the machine counts as running.</summary>
    public const int Kept = 1000;

    // When the present state was last confirmed: an older entry ends there. It is not stored; a restart leaves the time of the last change.
    private readonly DateTimeOffset _confirmedAt;

    /// <summary>Goes on from changes.</summary>
    /// <param name="entries">In order of time, at most <see cref="Kept"/>.</param>
    public MachineHistory(IEnumerable<MachineStateEntry> entries)
        : this([.. entries], default)
    {
    }

    private MachineHistory(ImmutableArray<MachineStateEntry> entries, DateTimeOffset confirmedAt) => (Entries, _confirmedAt) = (entries, confirmedAt);

    /// <summary>Nothing was said.</summary>
    public static MachineHistory Empty { get; } = new([]);

    /// <summary>What is kept, in order of time.</summary>
    public ImmutableArray<MachineStateEntry> Entries { get; }

    /// <summary>The state by the newest entry; null when there is none.</summary>
    public MachineState? Latest => Entries.IsEmpty ? null : At(Entries.Length - 1);

    /// <summary>The state at a time. Does not allocate.</summary>
    public MachineState At(DateTimeOffset time)
    {
        var i = Entries.Length - 1;
        while (i >= 0 && Entries[i].At > time)
            i--;
        return i < 0 ? MachineState.Unknown : At(i);
    }

    /// <summary>Takes in a entry.</summary>
    /// <param name="at">From when on it holds.</param>
    /// <param name="runs">What it says.</param>
    /// <returns>The history with it. What it says of any time is the same as before when <see cref="Entries"/> are.</returns>
    public MachineHistory With(DateTimeOffset at, bool runs)
    {
        if (Entries.IsEmpty)
            return new([new(at, runs)], at);

        var present = Entries[^1];
        var newest = _confirmedAt > present.At ? _confirmedAt : present.At;
        if (at >= newest && present.At != at)
            return new(runs == present.Runs ? Entries : Trim(Entries.Add(new(at, runs))), at);

        var next = 0;
        while (next < Entries.Length && Entries[next].At <= at)
            next++;
        if (next > 0 && Entries[next - 1].Runs == runs)
            return this;

        // Of two that say it of the same moment the one that came later is right.
        var entries = next > 0 && Entries[next - 1].At == at ? Entries.SetItem(next - 1, new(at, runs)) : Entries.Insert(next, new(at, runs));
        if (at > present.At)
            entries = entries.Add(new(newest, present.Runs));
        return new(Trim(entries), newest);
    }

    private static ImmutableArray<MachineStateEntry> Trim(ImmutableArray<MachineStateEntry> entries) => entries.Length <= Kept ? entries : entries.RemoveRange(0, entries.Length - Kept);

    private MachineState At(int i)
    {
        var runs = Entries[i].Runs;
        while (i > 0 && Entries[i - 1].Runs == runs)
            i--;
        return runs && i == 0 ? MachineState.Unknown : new(runs, Entries[i].At);
    }
}
