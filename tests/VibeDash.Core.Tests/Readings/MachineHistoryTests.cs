using CsCheck;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Readings;

public sealed class MachineHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Entries in order of arrival, and the expected state at a time: R runs, S stands still.</summary>
    public static TheoryData<string, (int At, bool Runs)[], int, char, int?> Entries => new()
    {
        { "nothing was said", [], 10, 'R', null },
        { "before the first word it counts as running", [(10, false)], 9, 'R', null },
        { "from its time on", [(10, false)], 10, 'S', 10 },
        { "the first word says that it runs: it always did, as far as is known", [(10, true)], 20, 'R', null },
        { "started again", [(10, false), (20, true)], 20, 'R', 20 },
        { "said again changes nothing", [(10, false), (20, false)], 30, 'S', 10 },
        { "an old word is of its own time", [(10, false), (30, true), (20, true)], 25, 'R', 20 },
        { "and of no other", [(10, true), (30, true), (20, false)], 30, 'R', 30 },
        { "what was confirmed since stays so, though an older word comes", [(10, true), (30, true), (20, false)], 40, 'R', 30 },
        { "until then the old word holds", [(10, true), (30, true), (20, false)], 29, 'S', 20 },
        { "older than all", [(20, false), (10, true)], 15, 'R', null },
        { "older than all, and it stood still", [(20, true), (10, false)], 20, 'R', 20 },
        { "of two words of one moment the later one is right", [(10, true), (10, false)], 10, 'S', 10 },
        { "in whatever order", [(10, false), (20, true), (10, true)], 15, 'R', null },
    };

    [Theory]
    [MemberData(nameof(Entries))]
    public void Says_what_was_so_at_a_time(string why, (int At, bool Runs)[] words, int time, char state, int? since) =>
        Hear(words).At(At(time)).ShouldBe(new MachineState(state == 'R', since is { } second ? At(second) : default), why);

    [Fact]
    public void The_newest_word_is_the_present_in_whatever_order_they_come() =>
        Gen.Select(Gen.Int[0, 50], Gen.Bool).Array[1, 20].Select(words => words.DistinctBy(word => word.Item1).ToArray()).Sample(words =>
            Hear(words).Latest!.Value.Runs.ShouldBe(words.MaxBy(word => word.Item1).Item2));

    [Fact]
    public void The_oldest_changes_give_way()
    {
        var history = MachineHistory.Empty;
        for (var i = 0; i <= MachineHistory.Kept; i++)
            history = history.With(At(i), i % 2 == 1);

        (history.Entries.Length, history.Entries[0].At).ShouldBe((MachineHistory.Kept, At(1)));
        history.At(At(0)).ShouldBe(MachineState.Unknown);
        history.Latest.ShouldBe(new MachineState(false, At(MachineHistory.Kept)));
    }

    [Theory]
    [InlineData(5, 10)]
    [InlineData(10, 30)]
    [InlineData(25, 30)]
    [InlineData(30, null)]
    public void The_next_standstill_is_the_first_that_begins_after_a_time(int time, int? stop) =>
        Hear([(10, false), (20, true), (30, false), (40, true)]).StopAfter(At(time)).ShouldBe(stop is { } second ? At(second) : null);

    private static DateTimeOffset At(int seconds) => Start.AddSeconds(seconds);

    private static MachineHistory Hear((int At, bool Runs)[] words) =>
        words.Aggregate(MachineHistory.Empty, (history, word) => history.With(At(word.At), word.Runs));
}
