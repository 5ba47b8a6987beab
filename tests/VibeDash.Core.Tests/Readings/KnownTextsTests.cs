using System.Text;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Readings;

public sealed class KnownTextsTests
{
    private readonly KnownTexts _known = new();

    [Theory]
    [InlineData("")]
    [InlineData("VB-42345")]
    [InlineData("m/s²")]
    [InlineData("Halle 3, Förderband 4")]
    [InlineData("泵 4 🏭")]
    public void A_text_is_made_once(string text)
    {
        var first = _known.Get(Encoding.UTF8.GetBytes(text));

        first.ShouldBe(text);
        _known.Get(Encoding.UTF8.GetBytes(text)).ShouldBeSameAs(first);
    }

    [Fact]
    public void Texts_of_the_same_length_are_told_apart()
    {
        _known.Get("m/s²"u8).ShouldBe("m/s²");
        _known.Get("m/s³"u8).ShouldBe("m/s³");
        _known.Get("mm/sx"u8).ShouldBe("mm/sx");
    }

    [Fact]
    public void A_long_text_is_right_though_it_is_not_kept()
    {
        var text = new string('ü', 500);

        _known.Get(Encoding.UTF8.GetBytes(text)).ShouldBe(text);
        _known.TryGet(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();
    }

    [Fact]
    public void It_is_bounded()
    {
        for (var i = 0; i < 500_000; i++)
            _known.Get(Encoding.UTF8.GetBytes($"sensor-{i}"));

        _known.TryGet("sensor-1"u8, out _).ShouldBeFalse();
        _known.TryGet("sensor-499999"u8, out _).ShouldBeTrue();
    }

    [Fact]
    public void The_facts_of_a_sensor_are_the_same_until_they_change()
    {
        var facts = _known.Facts("VB-1", "Hall", "X1", new DateOnly(2023, 6, 15), "S", "v1");

        _known.Facts("VB-1", "Hall", "X1", new DateOnly(2023, 6, 15), "S", "v1").ShouldBeSameAs(facts);
        _known.Facts("VB-1", "Hall", "X1", new DateOnly(2024, 6, 15), "S", "v1").CalibrationDate.ShouldBe(new DateOnly(2024, 6, 15));
        _known.Facts("VB-2", "Hall", "X1", new DateOnly(2023, 6, 15), "S", "v1").ShouldBe(facts);
    }

    [Fact]
    public void An_event_of_a_known_sensor_leaves_no_more_than_its_reading_and_its_id()
    {
        var payload = SeedEvent.Bytes;
        VibrationEventParser.TryParse(payload, SeedEvent.ReceivedAt, out var first, out _, _known).ShouldBeTrue();
        var (again, least) = (first, long.MaxValue);

        // The minimum of many runs: the first ones include compilation.
        for (var i = 0; i < 1000; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            VibrationEventParser.TryParse(payload, SeedEvent.ReceivedAt, out again, out _, _known);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        again.ShouldBe(first);
        again.Facts.ShouldBeSameAs(first.Facts);
        again.Reading.SensorId.ShouldBeSameAs(first.Reading.SensorId);
        least.ShouldBeLessThanOrEqualTo(200);
    }
}
