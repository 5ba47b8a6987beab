using System.Web;
using VibeDash.Client.Trends;

namespace VibeDash.Client.Tests.Trends;

public sealed class TrendViewTests
{
    public static TheoryData<TrendView> Views =>
    [
        new TrendView("VB-1", TrendPeriod.Live(TimeSpan.FromMinutes(90))),
        new TrendView("Pump 1/Ä?&", TrendPeriod.Between(Some.Time.AddMilliseconds(-1234567), Some.Time)) { Utc = true }.With(["VB-2", "a&b=c", "VB-2", "Pump 1/Ä?&"]),
        new TrendView("VB-1", TrendPeriod.Live(TimeSpan.FromDays(30))) { Stacked = true, Ghost = TrendGhost.Month }.With(Enumerable.Range(2, 20).Select(i => $"VB-{i}")),
    ];

    [Theory]
    [MemberData(nameof(Views))]
    public void An_address_tells_all_of_a_view(TrendView view)
    {
        var address = new Uri(new Uri("http://site/"), view.Address);
        var query = HttpUtility.ParseQueryString(address.Query);

        var read = TrendView.Of(
            Uri.UnescapeDataString(address.Segments[^1]), query["range"], query["from"], query["to"], query.GetValues("with"), query["layout"], query["earlier"], query["zone"]);

        read.Address.ShouldBe(view.Address);
        read.Period.ShouldBe(view.Period);
        read.SensorIds.ShouldBe(view.SensorIds);
        (read.Stacked, read.Ghost, read.Utc).ShouldBe((view.Stacked, view.Ghost, view.Utc));
    }

    [Fact]
    public void At_most_eight_sensors_are_shown_none_twice()
    {
        var view = new TrendView("VB-1", default).With(["VB-1", "", .. Enumerable.Range(2, 20).Select(i => $"VB-{i}"), "VB-2"]);

        view.SensorIds.ShouldBe(Enumerable.Range(1, 8).Select(i => $"VB-{i}"));
    }

    [Theory]
    [InlineData("nonsense", null, null)]
    [InlineData(null, "nonsense", null)]
    [InlineData("-5m", "2026-01-01T00:00:00Z", null)]
    public void What_cannot_be_read_is_as_if_it_were_not_there(string? range, string? from, string? to) =>
        TrendView.Of("VB-1", range, from, to, null, "upside down", "never", "moon").Address.ShouldBe("sensors/VB-1?range=1h");

    [Fact]
    public void A_length_and_an_end_are_a_period_too() =>
        TrendView.Of("VB-1", "15m", null, "2026-03-01T03:00:00Z", null, null, null, null).Period.ShouldBe(TrendPeriod.Until(Some.Time, TimeSpan.FromMinutes(15)));

    [Theory]
    [InlineData(TrendGhost.Day, "2026-02-28T03:00:00Z")]
    [InlineData(TrendGhost.Week, "2026-02-22T03:00:00Z")]
    [InlineData(TrendGhost.Month, "2026-02-01T03:00:00Z")]
    [InlineData(TrendGhost.None, "2026-03-01T03:00:00Z")]
    public void An_earlier_time_lies_as_far_back_as_it_says(TrendGhost ghost, string to) =>
        (Some.Time - ghost.Shift(Some.Time)).ShouldBe(DateTimeOffset.Parse(to, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(1200, 1, false, 1000)]
    [InlineData(390, 1, false, 390)]
    [InlineData(1200, 8, false, 150)]
    [InlineData(1200, 3, false, 400)]
    [InlineData(1200, 8, true, 150)]
    [InlineData(3840, 1, false, 1000)]
    public void No_more_points_are_asked_for_than_can_be_drawn_at_once(int width, int sensors, bool earlier, int points) =>
        TrendPoints.Of(width, sensors, earlier).ShouldBe(points);
}
