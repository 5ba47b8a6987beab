using System.Globalization;
using System.Text;
using VibeDash.Client.Live;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>Writes the visible buckets as CSV (RFC 4180), with a byte order mark so that spreadsheets read units as they are. Times in UTC.</summary>
public static class TrendCsv
{
    /// <summary>The header, without its end of line.</summary>
    public const string Header = "sensor,unit,from,to,lowest,mean,highest,readings";

    /// <summary>The file's text.</summary>
    public static string Write(IEnumerable<TrendFact> facts)
    {
        var text = new StringBuilder("\uFEFF").Append(Header).Append("\r\n");
        foreach (var fact in facts)
        {
            foreach (var bucket in fact.Buckets)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{Field(fact.SensorId)},{Field(fact.Unit)},{Time(bucket.Start)},{Time(bucket.Start + fact.BucketMilliseconds)},{bucket.Min},{bucket.Mean},{bucket.Max},{bucket.Count}\r\n");
            }
        }

        return text.ToString();
    }

    private static string Time(long milliseconds) => IsoTime.Of(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));

    private static string Field(string text)
    {
        var guarded = text is [var first, ..] && SpreadsheetText.NeedsApostrophe(first);
        return !guarded && text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{(guarded ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
