using VibeDash.Client.Ui;

namespace VibeDash.Client.Tests.Ui;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(-0.004, "0.00")]
    [InlineData(-4.126, "-4.13")]
    [InlineData(-345.6, "-346")]
    [InlineData(4.126, "4.13")]
    [InlineData(12.54, "12.5")]
    [InlineData(345.6, "346")]
    public void A_level_has_about_three_digits(double level, string text) => Numbers.Level(level).ShouldBe(text);

    [Theory]
    [InlineData(12.5, 4, "3.1×")]
    [InlineData(-800, 4, "-200×")]
    [InlineData(800, 4, "200×")]
    [InlineData(2_500_000, 1, "2.50e6×")]
    [InlineData(1e12, 1e-290, "1.00e302×")]
    [InlineData(1e12, 5e-324, "–")]
    [InlineData(12.5, 0, "–")]
    public void A_ratio_needs_a_baseline(double level, double baseline, string text) => Numbers.Ratio(level, baseline).ShouldBe(text);
}
