using System.Globalization;
using System.Text;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Fleet;

/// <summary>Draws a sparkline as an SVG path in a box of <see cref="Width"/> by <see cref="Height"/>.</summary>
public static class SparklinePath
{
    /// <summary>Width of the box.</summary>
    public const int Width = 100;

    /// <summary>Height of the box.</summary>
    public const int Height = 24;

    private const double Margin = 2;

    /// <summary>The path's data; empty with less than two points.</summary>
    /// <param name="points">The points, oldest first.</param>
    /// <param name="baseline">The baseline: the scale reaches at least from 0 to twice the baseline, so that noise looks like noise.</param>
    public static string Of(IReadOnlyList<SparkPoint> points, double baseline)
    {
        if (points.Count < 2)
            return "";

        var (first, span) = (points[0].Time, Math.Max(1, points[^1].Time - points[0].Time));
        var top = Top(points, baseline);
        var path = new StringBuilder(points.Count * 10);
        foreach (var point in points)
        {
            var x = (double)(point.Time - first) / span * Width;
            path.Append(path.Length == 0 ? 'M' : 'L')
                .Append(x.ToString("0.#", CultureInfo.InvariantCulture))
                .Append(' ')
                .Append(Y(point.Level, top).ToString("0.#", CultureInfo.InvariantCulture));
        }

        return path.ToString();
    }

    /// <summary>Where the baseline lies in the box, as SVG text.</summary>
    public static string BaselineY(IReadOnlyList<SparkPoint> points, double baseline) =>
        Y(baseline, Top(points, baseline)).ToString("0.#", CultureInfo.InvariantCulture);

    private static double Top(IReadOnlyList<SparkPoint> points, double baseline)
    {
        var top = Math.Max(2 * baseline, double.Epsilon);
        foreach (var point in points)
            top = Math.Max(top, point.Level);
        return top;
    }

    private static double Y(double level, double top) => Height - Margin - (level / top * (Height - (2 * Margin)));
}
