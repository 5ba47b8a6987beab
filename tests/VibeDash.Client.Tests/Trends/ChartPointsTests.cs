using System.Runtime.InteropServices;
using VibeDash.Client.Trends;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Tests.Trends;

public sealed class ChartPointsTests
{
    [Fact]
    public void A_bucket_is_a_point_in_its_middle_and_a_gap_an_empty_one()
    {
        var points = ChartPoints.Of([Bucket(0, 1), Bucket(10, 2), Bucket(20, 3), Bucket(500, 4)], 10, 0, 1000);

        points.Times.ShouldBe([5, 15, 25, 35, 505]);
        points.Mean.ShouldBe([1, 2, 3, double.NaN, 4]);
    }

    [Fact]
    public void Few_wide_buckets_are_steps_cut_to_the_picture()
    {
        // Fifteen minutes of which only hourly rollups are kept.
        var points = ChartPoints.Of([Bucket(0, 2), Bucket(3600, 3)], 3600, 3000, 3900);

        points.Times.ShouldBe([3000, 3600, 3600, 3900]);
        points.Mean.ShouldBe([2, 2, 3, 3]);
    }

    [Fact]
    public void An_earlier_time_is_moved_to_this_one() =>
        ChartPoints.Of([Bucket(100, 2)], 10, 1000, 2000, shift: 1000).Times.ShouldBe([1105]);

    [Fact]
    public void The_script_gets_times_lowest_highest_and_means_as_floats()
    {
        var points = ChartPoints.Of([Bucket(0, 1), Bucket(10, 2), Bucket(20, 3), Bucket(500, 4)], 10, 0, 1000);

        var numbers = MemoryMarshal.Cast<byte, double>(points.Packed).ToArray();

        numbers[..5].ShouldBe([5, 15, 25, 35, 505]);
        numbers[5..10].ShouldBe([0.5, 1.5, 2.5, double.NaN, 3.5]);
        numbers[10..15].ShouldBe([1.5, 2.5, 3.5, double.NaN, 4.5]);
        numbers[15..].ShouldBe([1, 2, 3, double.NaN, 4]);
    }

    [Fact]
    public void The_csv_has_a_line_for_each_bucket_and_quotes_what_must_be()
    {
        TrendBucket[] buckets = [new(Some.Time.ToUnixTimeMilliseconds(), 3, 1.5, 2.5, 2)];

        TrendCsv.Write([new("a,\"b\"", 1, "m/s²", buckets, 60_000, TrendSummary.Of(buckets), [])]).ShouldBe(
            "\uFEFFsensor,unit,from,to,lowest,mean,highest,readings\r\n\"a,\"\"b\"\"\",m/s²,2026-03-01T03:00:00Z,2026-03-01T03:01:00Z,1.5,2,2.5,3\r\n");
    }

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("-VB-1", "\"'-VB-1\"")]
    [InlineData("@", "\"'@\"")]
    [InlineData("VB-1", "VB-1")]
    public void A_text_that_a_spreadsheet_would_run_as_a_formula_gets_an_apostrophe(string unit, string written)
    {
        TrendBucket[] buckets = [new(Some.Time.ToUnixTimeMilliseconds(), 3, 1.5, 2.5, 2)];

        TrendCsv.Write([new("VB-1", 1, unit, buckets, 60_000, TrendSummary.Of(buckets), [])]).ShouldContain($"\r\nVB-1,{written},2026");
    }

    private static TrendBucket Bucket(long start, double mean) => new(start, 1, mean - 0.5, mean + 0.5, mean);
}
