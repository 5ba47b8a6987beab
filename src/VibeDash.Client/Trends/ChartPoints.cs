using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>The points of one line and its band, with an empty point where there is a gap. Times in milliseconds since the Unix epoch.</summary>
/// <param name="Times">Where the points stand.</param>
/// <param name="Min">Lowest level at each point; not a number is a gap.</param>
/// <param name="Max">Highest level at each point.</param>
/// <param name="Mean">Mean level at each point.</param>
public sealed record ChartPoints(
    [property: JsonIgnore] double[] Times,
    [property: JsonIgnore] double[] Min,
    [property: JsonIgnore] double[] Max,
    [property: JsonIgnore] double[] Mean)
{
    // With fewer buckets than this in the picture a point in the middle of one says too little of where it begins and ends.
    private const int FewBuckets = 30;

    /// <summary>No points.</summary>
    public static ChartPoints None { get; } = new([], [], [], []);

    /// <summary>As they go to the script: times, lowest, highest, means, one after the other as 64-bit floats.</summary>
    /// <remarks>Text of thousands of numbers costs the browser more than drawing them. Both ends are little-endian, as WebAssembly is.</remarks>
    public byte[] Packed => MemoryMarshal.AsBytes<double>([.. Times, .. Min, .. Max, .. Mean]).ToArray();

    /// <summary>Prepares <paramref name="buckets"/>.</summary>
    /// <param name="buckets">The buckets, oldest first.</param>
    /// <param name="width">Width of a bucket, in milliseconds.</param>
    /// <param name="from">Left end of the picture.</param>
    /// <param name="to">Right end.</param>
    /// <param name="shift">How much later than they were the points are to stand.</param>
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

            // A missing bucket becomes one empty point: a line across a time nobody measured would be a lie.
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

    // A sensor that sends more rarely than a bucket is wide leaves buckets empty all the time; that is its cadence and no gap.
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
