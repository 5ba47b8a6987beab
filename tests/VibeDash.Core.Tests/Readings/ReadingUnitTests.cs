using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Readings;

public sealed class ReadingUnitTests
{
    private static readonly Reading Sent = new("VB-1", DateTimeOffset.UnixEpoch, "e", -0.5, 0.4, "g") { IsSuspect = true, Quality = ReadingQuality.Uncertain };

    [Fact]
    public void Level_and_baseline_are_converted_and_the_rest_stays()
    {
        var converted = Sent.In("mm/s²")!;

        (converted.Level, converted.Baseline).ShouldBe((-4903.325, 3922.66));
        (converted with { Level = Sent.Level, Baseline = Sent.Baseline, Unit = Sent.Unit }).ShouldBe(Sent);
    }

    [Fact]
    public void In_its_own_unit_it_is_the_same_and_in_one_of_another_kind_there_is_none()
    {
        Sent.In("g").ShouldBeSameAs(Sent);
        Sent.In("mm/s").ShouldBeNull();
        (Sent with { Unit = "furlong" }).In("furlong")!.Level.ShouldBe(-0.5);
    }
}
