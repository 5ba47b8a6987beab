using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Readings;

public sealed class SensorStatusChangeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    // Times in seconds after noon; the report has time 100.
    [Theory]
    [InlineData("offline", null, 90, 100)]
    [InlineData("offline", null, 130, 130)]
    [InlineData("offline", 95, 90, 95)]
    [InlineData("offline", 80, 90, 100)]
    [InlineData("offline retained", null, 90, 100)]
    [InlineData("offline retained", 80, 80, 80)]
    [InlineData("offline retained", -9000, 90, -9000)]
    [InlineData("offline redelivered", null, 90, 100)]
    [InlineData("offline redelivered", 80, 90, 80)]
    [InlineData("offline redelivered", -9000, 90, 100)]
    [InlineData("online", null, 90, null)]
    [InlineData("online", 95, 90, null)]
    [InlineData("online", 80, 90, null)]
    [InlineData("online retained", 95, 90, null)]
    [InlineData("online redelivered", 80, 90, 80)]
    public void A_word_changes_what_is_kept_of_a_sensor(string word, int? offlineSince, int latest, int? expected)
    {
        var change = new SensorStatusChange("VB-1", word.StartsWith("online", StringComparison.Ordinal), Noon.AddSeconds(100))
        {
            Retained = word.Contains("retained", StringComparison.Ordinal),
            Redelivered = word.Contains("redelivered", StringComparison.Ordinal),
        };

        var kept = change.Apply(At(offlineSince), At(latest)!.Value);

        kept.ShouldBe(At(expected));
        change.Apply(kept, At(latest)!.Value).ShouldBe(kept, "The same word again changes nothing.");
        SensorStatusChange.IsOffline(kept, At(latest)!.Value).ShouldBe(kept >= At(latest));
    }

    [Fact]
    public void What_is_delivered_again_in_order_ends_where_it_was()
    {
        // Offline, online, offline, then a reading: all stored, none acknowledged.
        var words = new[] { false, true, false }.Select((online, i) => new SensorStatusChange("VB-1", online, Noon.AddSeconds(10 * i))).ToArray();
        var before = Noon.AddSeconds(-1);
        var reading = Noon.AddSeconds(30);
        DateTimeOffset? kept = null;
        foreach (var word in words)
            kept = word.Apply(kept, before);
        SensorStatusChange.IsOffline(kept, before).ShouldBeTrue();

        foreach (var word in words)
            kept = (word with { At = word.At.AddMinutes(5), Redelivered = true }).Apply(kept, reading);

        SensorStatusChange.IsOffline(kept, reading).ShouldBeFalse();
    }

    private static DateTimeOffset? At(int? seconds) => seconds is { } s ? Noon.AddSeconds(s) : null;
}
