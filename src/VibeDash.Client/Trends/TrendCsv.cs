using System.Globalization;
using System.Text;
using VibeDash.Client.Live;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>Writes the visible buckets as CSV, with a byte order mark by which spreadsheets recognise UTF-8. Times are in UTC.</summary>
public static class TrendCsv
{
    /// <summary>The header, without its end of line.</summary>
    public const string Header = "sensor,unit,from,to,lowest,mean,highest,readings";

    /// <summary>The text of the file.</summary>
    public static string Write(IEnumerable<TrendFact> facts)
    {
        var text = new StringBuilder("\uFEFF").Append(Header).Append("\r\n");
        foreach (var fact in facts)
        {
            var (sensor, unit) = (CsvField.Of(fact.SensorId), CsvField.Of(fact.Unit));
            foreach (var bucket in fact.Buckets)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{sensor},{unit},{Time(bucket.Start)},{Time(bucket.Start + fact.BucketMilliseconds)},{bucket.Min},{bucket.Mean},{bucket.Max},{bucket.Count}\r\n");
            }
        }

        return text.ToString();
    }

    private static string Time(long milliseconds) => IsoTime.Of(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
