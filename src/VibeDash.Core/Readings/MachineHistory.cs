using System.Collections.Immutable;

namespace VibeDash.Core.Readings;

/// <summary>
/// Reported run states of a machine: its latest changes. Entries may arrive in any order; an old one never changes the present. Entries that confirm
/// the known state are not kept individually: a contradicting old entry holds until the newest of them. Immutable, so thread-safe.
/// </summary>
public sealed class MachineHistory
{
    /// <summary>Maximum changes kept; before the oldest, the machine counts as running.</summary>
    public const int Kept = 1000;

    // Latest confirmation of the present state: an older entry ends there. Not stored; after a restart, the last change takes its place.
    private readonly DateTimeOffset _confirmedAt;

    /// <summary>Creates a history from changes.</summary>
    /// <param name="entries">In time order, at most <see cref="Kept"/>.</param>
    public MachineHistory(IEnumerable<MachineStateEntry> entries)
        : this([.. entries], default)
    {
    }

    private MachineHistory(ImmutableArray<MachineStateEntry> entries, DateTimeOffset confirmedAt) => (Entries, _confirmedAt) = (entries, confirmedAt);

    /// <summary>A history without entries.</summary>
    public static MachineHistory Empty { get; } = new([]);

    /// <summary>The entries kept, in time order.</summary>
    public ImmutableArray<MachineStateEntry> Entries { get; }

    /// <summary>The state of the newest entry; null when there is none.</summary>
    public MachineState? Latest => Entries.IsEmpty ? null : At(Entries.Length - 1);

    /// <summary>The state at a time. Does not allocate.</summary>
    public MachineState At(DateTimeOffset time)
    {
        var i = Entries.Length - 1;
        while (i >= 0 && Entries[i].At > time)
            i--;
        return i < 0 ? MachineState.Unknown : At(i);
    }

    /// <summary>Start of the first standstill that began after a time; null when none is known.</summary>
    public DateTimeOffset? StopAfter(DateTimeOffset time)
    {
        DateTimeOffset? stop = null;
        for (var i = Entries.Length - 1; i >= 0 && Entries[i].At > time; i--)
            stop = Entries[i].Runs ? stop : Entries[i].At;
        return stop;
    }

    /// <summary>Adds an entry.</summary>
    /// <param name="at">Start of the state, inclusive.</param>
    /// <param name="runs">True when the machine runs.</param>
    /// <returns>The new history. If its <see cref="Entries"/> are unchanged, so is its state at any time.</returns>
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

        // Of two entries with the same time, the later arrival wins.
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
