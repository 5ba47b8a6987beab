using VibeDash.Client.Ui;

namespace VibeDash.Client.Tests.Ui;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData(-5, "now")]
    [InlineData(9, "now")]
    [InlineData(59, "50 s")]
    [InlineData(60, "1 min")]
    [InlineData(7200, "2 h")]
    [InlineData(200_000, "2 d")]
    [InlineData(100_000_000, "3 y")]
    public void An_age_is_coarse(int seconds, string text) => DurationText.Age(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Theory]
    [InlineData(0.25, "250 ms")]
    [InlineData(43, "43 s")]
    [InlineData(900, "15 min")]
    [InlineData(3600, "1 h")]
    [InlineData(5400, "90 min")]
    [InlineData(8999, "2.5 h")]
    [InlineData(86_400, "24 h")]
    [InlineData(86_400 + 7, "24 h")]
    [InlineData(7 * 86_400, "7 d")]
    [InlineData(365 * 86_400, "365 d")]
    public void A_length_is_in_one_unit(double seconds, string text) => DurationText.Of(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Theory]
    [InlineData(4.5, "4.5 s")]
    [InlineData(60, "1 min")]
    [InlineData(5400, "1 h 30 min")]
    [InlineData(90_061, "1 d 1 h 1 min 1 s")]
    public void A_length_in_full_has_all_its_units(double seconds, string text) => DurationText.Exact(TimeSpan.FromSeconds(seconds)).ShouldBe(text);
}
