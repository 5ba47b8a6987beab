using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>The points of one line and its band, with an empty point for a gap. Times are in milliseconds since the Unix epoch.</summary>
/// <param name="Times">Time of each point.</param>
/// <param name="Min">Lowest level at each point; NaN for a gap.</param>
/// <param name="Max">Highest level at each point.</param>
/// <param name="Mean">Mean level at each point.</param>
public sealed record ChartPoints(
    [property: JsonIgnore] double[] Times,
    [property: JsonIgnore] double[] Min,
    [property: JsonIgnore] double[] Max,
    [property: JsonIgnore] double[] Mean)
{
    // With fewer buckets than this, each bucket is drawn as a step: a single point would hide its start and end.
    private const int FewBuckets = 30;

    /// <summary>No points.</summary>
    public static ChartPoints None { get; } = new([], [], [], []);

    /// <summary>The points for the script: times, lowest, highest and mean levels, one after the other, as 64-bit floats.</summary>
    /// <remarks>Parsing thousands of numbers from text takes longer than drawing them. WebAssembly is little-endian, like the script's arrays.</remarks>
    public byte[] Packed => MemoryMarshal.AsBytes<double>([.. Times, .. Min, .. Max, .. Mean]).ToArray();

    /// <summary>Creates the points of buckets.</summary>
    /// <param name="buckets">The buckets, oldest first.</param>
    /// <param name="width">Width of a bucket, in milliseconds.</param>
    /// <param name="from">Left end of the chart.</param>
    /// <param name="to">Right end.</param>
    /// <param name="shift">Moves the points later by this time, in milliseconds.</param>
    public static ChartPoints Of(IReadOnlyList<TrendBucket> buckets, long width, long from, long to, long shift = 0)
    {
        if (buckets.Count == 0)
            return None;
        var steps = width * FewBuckets > to - from;
        var gapAfter = GapAfter(buckets, width);
        bool IsAfterGap(int i) => i > 0 && buckets[i].Start - buckets[i - 1].Start > gapAfter;
        var count = ((steps ? 2 : 1) * buckets.Count) + Enumerable.Range(0, buckets.Count).Count(IsAfterGap);
        var points = new ChartPoints(new double[count], new double[count], new double[count], new double[count]);
        var next = 0;
        for (var i = 0; i < buckets.Count; i++)
        {
            var bucket = buckets[i];

            // An empty point interrupts the line where nothing was measured.
            if (IsAfterGap(i))
                points.Set(next++, buckets[i - 1].Start + width + (steps ? 0 : width / 2) + shift, double.NaN, double.NaN, double.NaN);
            if (steps)
            {
                points.Set(next++, Math.Clamp(bucket.Start + shift, from, to), bucket.Min, bucket.Max, bucket.Mean);
                points.Set(next++, Math.Clamp(bucket.Start + width + shift, from, to), bucket.Min, bucket.Max, bucket.Mean);
            }
            else
                points.Set(next++, bucket.Start + (width / 2) + shift, bucket.Min, bucket.Max, bucket.Mean);
        }

        return points;
    }

    // Empty buckets of a sensor that sends less often than a bucket is wide are no gaps.
    private static long GapAfter(IReadOnlyList<TrendBucket> buckets, long width)
    {
        if (buckets.Count < 3)
            return width;
        var distances = new long[buckets.Count - 1];
        for (var i = 0; i < distances.Length; i++)
            distances[i] = buckets[i + 1].Start - buckets[i].Start;
        Array.Sort(distances);
        return Math.Max(width, distances[distances.Length / 2] * 3);
    }

    private void Set(int i, long time, double min, double max, double mean) => (Times[i], Min[i], Max[i], Mean[i]) = (time, min, max, mean);
}
