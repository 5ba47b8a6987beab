using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

public sealed class AlertFloodTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void More_than_ten_alerts_in_ten_minutes_are_a_flood()
    {
        var flood = new AlertFlood();
        for (var i = 0; i < 10; i++)
            flood.Observe(1, Start.AddMinutes(i * 0.9));
        flood.Since.ShouldBeNull();

        flood.Observe(1, Start.AddMinutes(9.5));
        flood.Since.ShouldBe(Start.AddMinutes(9.5));
    }

    [Fact]
    public void The_same_number_over_a_longer_time_is_none()
    {
        var flood = new AlertFlood();
        for (var i = 0; i < 30; i++)
            flood.Observe(1, Start.AddMinutes(i * 1.1));

        flood.Since.ShouldBeNull();
    }

    [Fact]
    public void It_ends_below_five_in_ten_minutes()
    {
        var flood = new AlertFlood();
        flood.Observe(1000, Start);
        flood.Since.ShouldBe(Start);
        flood.Observe(5, Start.AddMinutes(9));
        flood.Observe(0, Start.AddMinutes(10.5));
        flood.Since.ShouldBe(Start);

        flood.Observe(0, Start.AddMinutes(19.5));
        flood.Since.ShouldBeNull();
    }
}
