using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>The points of one line and its band, with an empty point where there is a gap. Times in milliseconds since the Unix epoch.</summary>
/// <param name="Times">Where the points stand.</param>
/// <param name="Min">Lowest level at each point; null is a gap.</param>
/// <param name="Max">Highest level at each point.</param>
/// <param name="Mean">Mean level at each point.</param>
public sealed record ChartPoints(
    [property: JsonIgnore] long[] Times,
    [property: JsonIgnore] double?[] Min,
    [property: JsonIgnore] double?[] Max,
    [property: JsonIgnore] double?[] Mean)
{
    // With fewer buckets than this in the picture a point in the middle of one says too little of where it begins and ends.
    private const int FewBuckets = 30;

    /// <summary>No points.</summary>
    public static ChartPoints None { get; } = new([], [], [], []);

    /// <summary>As they go to the script: times, lowest, highest, means, one after the other as 64-bit floats; a gap is not a number.</summary>
    public byte[] Packed => Pack();

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
        var points = new List<(long Time, TrendBucket? Bucket)>((steps ? 2 : 1) * buckets.Count + 16);
        TrendBucket? last = null;
        foreach (var bucket in buckets)
        {
            // A missing bucket becomes one empty point: a line across a time nobody measured would be a lie.
            if (last is { } before && bucket.Start - before.Start > gapAfter)
                points.Add((before.Start + width + (steps ? 0 : width / 2), null));
            last = bucket;
            if (steps)
            {
                points.Add((Math.Clamp(bucket.Start, from - shift, to - shift), bucket));
                points.Add((Math.Clamp(bucket.Start + width, from - shift, to - shift), bucket));
            }
            else
                points.Add((bucket.Start + (width / 2), bucket));
        }

        return new(
            [.. points.Select(point => point.Time + shift)],
            [.. points.Select(point => Rounded(point.Bucket?.Min))],
            [.. points.Select(point => Rounded(point.Bucket?.Max))],
            [.. points.Select(point => Rounded(point.Bucket?.Mean))]);
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

    // Five digits are more than a screen has room for.
    private static double? Rounded(double? level) => level is { } value ? Math.Round(value, value < 10 ? 4 : 2) : null;

    // Text of thousands of numbers costs the browser more than drawing them. Both ends are little-endian, as WebAssembly is.
    private byte[] Pack()
    {
        var count = Times.Length;
        var numbers = new double[count * 4];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = Times[i];
            numbers[count + i] = Min[i] ?? double.NaN;
            numbers[(2 * count) + i] = Max[i] ?? double.NaN;
            numbers[(3 * count) + i] = Mean[i] ?? double.NaN;
        }

        return MemoryMarshal.AsBytes<double>(numbers).ToArray();
    }
}
