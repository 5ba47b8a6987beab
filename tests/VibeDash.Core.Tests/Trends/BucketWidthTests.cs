using CsCheck;
using VibeDash.Core.Trends;

namespace VibeDash.Core.Tests.Trends;

public sealed class BucketWidthTests
{
    [Theory]
    [InlineData(1, 500, 1)]
    [InlineData(60_000, 500, 200)]
    [InlineData(900_000, 300, 5_000)]
    [InlineData(3_600_000, 361, 10_000)]
    [InlineData(3_600_000, 360, 15_000)]
    [InlineData(86_400_000, 500, 300_000)]
    [InlineData(31_536_000_000, 366, 86_400_000)]
    [InlineData(315_360_000_000, 366, 864_000_000)]
    public void It_is_the_narrowest_round_width(long range, int points, long width) =>
        BucketWidth.For(TimeSpan.FromMilliseconds(range), points).ShouldBe(width);

    [Fact]
    public void A_range_never_touches_more_buckets_than_wanted() =>
        Gen.Select(Gen.Long[1, 400_000_000_000], Gen.Int[2, 2000], Gen.Long[0, 2_000_000_000_000]).Sample((range, points, from) =>
        {
            var width = BucketWidth.For(TimeSpan.FromMilliseconds(range), points);
            (((from + range) / width) - (from / width) + 1).ShouldBeLessThanOrEqualTo(points);
        });

    [Fact]
    public void An_empty_range_or_no_points_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => BucketWidth.For(TimeSpan.Zero, 10)).ParamName.ShouldBe("range");
        Should.Throw<ArgumentOutOfRangeException>(() => BucketWidth.For(TimeSpan.FromSeconds(-1), 10)).ParamName.ShouldBe("range");
        Should.Throw<ArgumentOutOfRangeException>(() => BucketWidth.For(TimeSpan.FromSeconds(1), 0)).ParamName.ShouldBe("points");
    }
}
