using System.Text;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Fleet;

/// <summary>Draws a sparkline as an SVG path in a box of <see cref="Width"/> by <see cref="Height"/>.</summary>
/// <remarks>Coordinates are whole numbers: a thousand paths are written every second, and writing fractions took most of that time.</remarks>
public static class SparklinePath
{
    /// <summary>Width of the box.</summary>
    public const int Width = 300;

    /// <summary>Height of the box.</summary>
    public const int Height = 80;

    private const int Margin = 5;

    /// <summary>The path's data; empty with less than two points.</summary>
    /// <param name="points">The points, oldest first.</param>
    /// <param name="baseline">The baseline. The scale covers at least 0 to twice the baseline, so that noise looks small.</param>
    public static string Of(IReadOnlyList<SparkPoint> points, double baseline)
    {
        if (points.Count < 2)
            return "";

        var (first, span) = (points[0].Time, Math.Max(1, points[^1].Time - points[0].Time));
        var (bottom, top) = Scale(points, baseline);
        var path = new StringBuilder(points.Count * 8);
        for (var i = 0; i < points.Count; i++)
        {
            path.Append(i == 0 ? 'M' : ' ')
                .Append((int)((points[i].Time - first) * Width / span))
                .Append(' ')
                .Append(Y(points[i].Level, bottom, top));
        }

        return path.ToString();
    }

    /// <summary>Vertical position of the baseline in the box.</summary>
    public static int BaselineY(IReadOnlyList<SparkPoint> points, double baseline) 
    {
        var (bottom, top) = Scale(points, baseline);
        return Y(baseline, bottom, top);
    }

    // Below 0 only as far as levels go.
    private static (double Bottom, double Top) Scale(IReadOnlyList<SparkPoint> points, double baseline)
    {
        var (bottom, top) = (0.0, Math.Max(2 * baseline, 1e-9));
        for (var i = 0; i < points.Count; i++)
            (bottom, top) = (Math.Min(bottom, points[i].Level), Math.Max(top, points[i].Level));
        return (bottom, top);
    }

    private static int Y(double level, double bottom, double top) => Height - Margin - (int)((level - bottom) / (top - bottom) * (Height - (2 * Margin)));
}
