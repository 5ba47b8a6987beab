using CsCheck;
using VibeDash.Core.Trends;

namespace VibeDash.Core.Tests.Trends;

public sealed class TrendBucketTests
{
    [Fact]
    public void Adding_readings_keeps_extremes_and_weighs_the_mean() =>
        new TrendBucket(1000, 3, 2, 4, 3).With(1, 7, 7, 7).ShouldBe(new TrendBucket(1000, 4, 2, 7, 4));

    [Fact]
    public void In_whatever_portions_it_is_the_condensation_of_all() =>
        Gen.Select(Gen.Double[0, 100].Array[1, 30], Gen.Double[0, 100].Array[1, 30]).Sample((first, second) =>
        {
            var bucket = Of(first).With(second.Length, second.Min(), second.Max(), second.Average());
            var whole = Of([.. first, .. second]);

            (bucket with { Mean = 0 }).ShouldBe(whole with { Mean = 0 });
            bucket.Mean.ShouldBe(whole.Mean, 1e-9);
        });

    private static TrendBucket Of(double[] levels) => new(0, levels.Length, levels.Min(), levels.Max(), levels.Average());
}
