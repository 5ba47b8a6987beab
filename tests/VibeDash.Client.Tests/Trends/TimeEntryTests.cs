using System.Globalization;
using VibeDash.Client.Trends;

namespace VibeDash.Client.Tests.Trends;

public sealed class TimeEntryTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(2), "test", "test");

    [Theory]
    [InlineData("now", "2026-03-01T03:00:00Z")]
    [InlineData(" Now ", "2026-03-01T03:00:00Z")]
    [InlineData("now-6h", "2026-02-28T21:00:00Z")]
    [InlineData("-90m", "2026-03-01T01:30:00Z")]
    [InlineData("-1.5h", "2026-03-01T01:30:00Z")]
    [InlineData("-2w", "2026-02-15T03:00:00Z")]
    [InlineData("04:30", "2026-03-01T02:30:00Z")]
    [InlineData("2026-02-27 14:30", "2026-02-27T12:30:00Z")]
    [InlineData("2026-02-27 14:30:15", "2026-02-27T12:30:15Z")]
    [InlineData("2026-02-27", "2026-02-26T22:00:00Z")]
    [InlineData("2026-02-27T14:30:00Z", "2026-02-27T14:30:00Z")]
    [InlineData("2026-02-27T14:30:00-05:00", "2026-02-27T19:30:00Z")]
    public void A_time_is_read_as_it_is_typed(string typed, string expected) =>
        TimeEntry.Parse(typed, Some.Time, Zone).ShouldBe(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("yesterday")]
    [InlineData("-6")]
    [InlineData("--6h")]
    [InlineData("-0h")]
    [InlineData("27.02.2026")]
    [InlineData("2026-13-01 10:00")]
    [InlineData("0001-01-01")]
    [InlineData("-999999999d")]
    public void What_is_no_time_is_none(string? typed) => TimeEntry.Parse(typed, Some.Time, Zone).ShouldBeNull();

    [Fact]
    public void A_range_up_to_now_follows_the_clock()
    {
        TimeEntry.Period("-6h", "now", Some.Time, Zone).ShouldBe(TrendPeriod.Live(TimeSpan.FromHours(6)));
        TimeEntry.Period("-6h", "-1h", Some.Time, Zone).ShouldBe(TrendPeriod.Between(Some.Time.AddHours(-6), Some.Time.AddHours(-1)));
        TimeEntry.Period("now", "-1h", Some.Time, Zone).ShouldBe(TrendPeriod.Between(Some.Time.AddHours(-1), Some.Time));
        TimeEntry.Period("-1h", "-1h", Some.Time, Zone).ShouldBeNull();
        TimeEntry.Period("-1h", "soon", Some.Time, Zone).ShouldBeNull();
    }

    [Theory]
    [InlineData(900, "15m")]
    [InlineData(3600, "1h")]
    [InlineData(86_400, "1d")]
    [InlineData(5400, "90m")]
    [InlineData(8999, "8999s")]
    [InlineData(365 * 86_400, "365d")]
    public void A_length_is_written_so_that_it_can_be_read_again(long seconds, string key)
    {
        var length = TimeSpan.FromSeconds(seconds);

        TrendDuration.Key(length).ShouldBe(key);
        TrendDuration.Parse(key).ShouldBe(length);
    }
}
