using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.ChangeDirection;

namespace VibeDash.Core.Tests.Alerts;

public sealed class ChangeRuleTests
{
    // The window is 10 s, the readings come a second apart, the threshold is 2 (m/s²) or 50 (%).
    public static TheoryData<string, ChangeDirection, bool, double[], bool> Sequences => new()
    {
        { "one reading has not changed", Either, false, [9], false },
        { "a rise by the threshold", Up, false, [1, 3], false },
        { "a rise by more", Up, false, [1, 3.01], true },
        { "a fall is no rise", Up, false, [9, 1], false },
        { "a fall by the threshold", Down, false, [3, 1], false },
        { "a fall by more", Down, false, [3.01, 1], true },
        { "a rise is no fall", Down, false, [1, 9], false },
        { "either way: a rise", Either, false, [1, 3.01], true },
        { "either way: a fall", Either, false, [3.01, 1], true },
        { "either way: neither", Either, false, [3, 2, 1, 2, 3], false },
        { "in small steps", Up, false, [1, 1.5, 2, 2.5, 3, 3.1], true },
        { "in small steps, too slowly for the window", Up, false, [1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.4, 2.6, 2.8, 3, 3.2, 3.4, 3.6], false },
        { "from the lowest in the window, not the first", Up, false, [3, 1, 3.01], true },
        { "a rise by half", Up, true, [2, 3], false },
        { "a rise by more than half", Up, true, [2, 3.01], true },
        { "a fall by half", Down, true, [2, 1], false },
        { "a fall by more than half", Down, true, [2, 0.99], true },
        { "either way in per cent: a rise", Either, true, [2, 3.01], true },
        { "either way in per cent: a fall", Either, true, [2, 0.99], true },
        { "a rise from zero has no per cent", Up, true, [0, 9], false },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void A_change_is_found_or_not(string why, ChangeDirection direction, bool percent, double[] levels, bool isFound) =>
        (new Watched(Sample.Change(percent ? 50 : 2, direction, percent)).Sees(levels).State == AlertState.Unacknowledged).ShouldBe(isFound, why);

    [Theory]
    [InlineData(9.9, true)]
    [InlineData(10.4, false)]
    [InlineData(3600, false)]
    public void What_is_older_than_the_window_does_not_count(double seconds, bool isFound) =>
        (new Watched(Sample.Change(2)).Sees(1).Sees(Watched.Reading(seconds, 9)).State == AlertState.Unacknowledged).ShouldBe(isFound);

    [Fact]
    public void It_ends_when_the_change_has_left_the_window()
    {
        var sensor = new Watched(Sample.Change(2, Up)).Sees(1, 9).Sees([.. Enumerable.Repeat(9.0, 11)]);

        sensor.Triggers.ShouldBe([AlertTrigger.Raised, AlertTrigger.Cleared]);
        sensor.Alert.ClearedAt.ShouldNotBeNull().ShouldBeInRange(Watched.At(10), Watched.At(12));
    }

    [Fact]
    public void What_is_on_record_is_the_change_in_its_unit()
    {
        var absolute = new Watched(Sample.Change(2)).Sees(1, 4).Alert;
        (absolute.Level, absolute.Threshold, absolute.Unit).ShouldBe((3, 2, "m/s²"));

        var percent = new Watched(Sample.Change(50, percent: true)).Sees(1, 4).Alert;
        (percent.Level, percent.Threshold, percent.Unit).ShouldBe((300, 50, "%"));
    }

    [Fact]
    public void Starting_the_machine_is_no_change_of_the_running_machine()
    {
        // Regression: levels at standstill were in the window, so each start of the machine raised an alert.
        new Watched(Sample.Change(2).Gated(runLevel: 0.5)).Sees(0.1, 0.1, 4, 4.1).Journal.ShouldBeEmpty();
        new Watched(Sample.Change(2).Gated(runLevel: 0.5)).Sees(4, 0.1, 0.1, 6.1).State.ShouldBe(AlertState.Unacknowledged);
    }
}
