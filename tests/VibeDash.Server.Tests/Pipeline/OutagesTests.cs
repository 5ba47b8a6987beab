using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Tests.Pipeline;

public sealed class OutagesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 30)]
    [InlineData(100, 30)]
    [InlineData(105, 25)]
    [InlineData(110, 20)]
    [InlineData(150, 20)]
    [InlineData(220, 0)]
    [InlineData(500, 0)]
    public void The_time_of_the_outages_since_a_moment(double second, double missed)
    {
        var outages = Listens((0, 100), (110, 200), (220, 300));

        outages.Missed(At(second)).ShouldBe(TimeSpan.FromSeconds(missed));
    }

    [Fact]
    public void It_is_the_same_from_the_record()
    {
        var outages = new Outages();
        outages.Begin([Row(0, 100), Row(110, 200)], latest: null);
        outages.Observe(At(220), At(220));

        (outages.Missed(At(0)), outages.ListenedUntil).ShouldBe((TimeSpan.FromSeconds(30), At(220)));
        (outages.Overlap(At(0), At(105)), outages.Overlap(At(110), At(200)), outages.Overlap(At(0), At(100))).ShouldBe((true, false, false));
    }

    [Fact]
    public void Of_more_outages_than_are_kept_the_time_before_them_is_missed()
    {
        var outages = Listens([.. Enumerable.Range(0, Outages.Maximum + 11).Select(i => (i * 100.0, (i * 100.0) + 90))]);

        // Of the 10 first outages, the time up to their end; of the others 10 s each.
        outages.Missed(At(50)).ShouldBe(TimeSpan.FromSeconds(950 + (10 * Outages.Maximum)));
        outages.Missed(At(1000)).ShouldBe(TimeSpan.FromSeconds(10 * Outages.Maximum));
        outages.Missed(At(1100)).ShouldBe(TimeSpan.FromSeconds(10 * (Outages.Maximum - 1)));
    }

    [Fact]
    public void The_record_is_due_at_the_beginning_and_each_minute()
    {
        var outages = new Outages();

        Enumerable.Range(10, 200).Where(second => outages.Observe(At(second), second < 100 ? At(10) : second < 120 ? null : At(120))).ShouldBe([10, 70, 120, 180]);
    }

    private static Outages Listens(params (double Since, double Until)[] times)
    {
        var outages = new Outages();
        foreach (var (since, until) in times)
        {
            outages.Observe(At(since), At(since));
            outages.Observe(At(until), At(since));
        }

        return outages;
    }

    private static ListeningRow Row(double since, double until) => new() { Since = At(since), Until = At(until) };

    private static DateTimeOffset At(double second) => Noon.AddSeconds(second);
}
