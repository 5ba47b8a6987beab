using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using VibeDash.Core.Readings;
using VibeDash.Server.Export;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Tests.Export;

public sealed class RowWriterTests
{
    private static readonly RowColumn First = new("first"), Second = new("second");

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("m/s²", "m/s²")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("one\r\ntwo", "\"one\r\ntwo\"")]
    [InlineData(" padded ", "\" padded \"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+49 30", "\"'+49 30\"")]
    [InlineData("-A1", "\"'-A1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("'quoted'", "\"''quoted'\"")]
    public void A_text_is_quoted_where_it_must_be_and_never_a_formula(string? text, string cell) =>
        Written(csv: true, row => row.Text(First, text)).ShouldBe($"{cell}\r\n");

    [Fact]
    public void Numbers_and_times_are_as_they_are_kept()
    {
        var time = new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.FromHours(1)).AddTicks(1_234_560);

        Written(csv: true, row =>
        {
            row.Number(First, -0.1);
            row.Number(Second, 1e-7);
            row.Integer(First, -5);
            row.Time(Second, time);
            row.Flag(First, true);
            row.Number(Second, null);
        }).ShouldBe("-0.1,1E-07,-5,2026-03-01T12:00:00.123456Z,true,\r\n");
        Written(csv: false, row =>
        {
            row.Number(First, 0.1);
            row.Time(Second, time);
        }).ShouldBe("""{"first":0.1,"second":"2026-03-01T12:00:00.123456Z"}""" + "\n");
    }

    [Fact]
    public void What_is_written_is_read_back_the_same() =>
        Gen.Select(Gen.String, Gen.String, Gen.Double.Where(double.IsFinite), Gen.DateTime[new DateTime(2000, 1, 1), new DateTime(2100, 1, 1)]).Sample((eventId, unit, level, time) =>
        {
            var at = new DateTimeOffset(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
            var reading = new Reading("VB-1", at, WellFormed(eventId), level, 0.1, WellFormed(unit)) { IsSuspect = level > 0, Quality = (ReadingQuality)(eventId.Length % 4) };

            var cells = Read(Table(csv: true, row => ReadingTable.Write(row, "VB-1", Columns(reading), 0)));
            var csv = new Reading(
                cells[1], DateTimeOffset.Parse(cells[0], CultureInfo.InvariantCulture), cells[5], double.Parse(cells[2], CultureInfo.InvariantCulture),
                double.Parse(cells[4], CultureInfo.InvariantCulture), cells[3])
            {
                IsSuspect = bool.Parse(cells[6]),
                Quality = Enum.Parse<ReadingQuality>(cells[7], ignoreCase: true),
            };
            using var json = JsonDocument.Parse(Table(csv: false, row => ReadingTable.Write(row, "VB-1", Columns(reading), 0)));
            return csv == reading
                && (json.RootElement.TryGetProperty("eventId", out var id) ? id.GetString() : "") == reading.EventId
                && json.RootElement.GetProperty("level").GetDouble() == level;
        });

    // A lone surrogate has no UTF-8, and no sensor sends one.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static ReadingColumns Columns(Reading reading)
    {
        var columns = new ReadingColumns();
        columns.Add(UnixMicroseconds.From(reading.Timestamp), Encoding.UTF8.GetBytes(reading.EventId), reading.Level, reading.Baseline, reading.Unit, reading.IsSuspect, reading.Quality);
        return columns;
    }

    private static string Written(bool csv, Action<RowWriter> cells) => Table(csv, row =>
    {
        row.BeginRow();
        cells(row);
        row.EndRow();
    });

    private static string Table(bool csv, Action<RowWriter> rows)
    {
        using var writer = RowWriter.Of(csv);
        rows(writer);
        return Encoding.UTF8.GetString(writer.Buffer.WrittenSpan);
    }

    /// <summary>Parses a row according to RFC 4180 and removes a leading apostrophe.</summary>
    private static List<string> Read(string row)
    {
        var cells = new List<string>();
        var i = 0;
        while (true)
        {
            var cell = new StringBuilder();
            if (row[i] == '"')
            {
                for (i++; row[i] != '"' || row[i + 1] == '"'; i++)
                {
                    if (row[i] == '"')
                        i++;
                    cell.Append(row[i]);
                }

                i++;
            }
            else
            {
                for (; row[i] is not (',' or '\r'); i++)
                    cell.Append(row[i]);
            }

            cells.Add(cell.Length > 0 && cell[0] == '\'' ? cell.ToString(1, cell.Length - 1) : cell.ToString());
            if (row[i] != ',')
            {
                row[i..].ShouldBe("\r\n");
                return cells;
            }

            i++;
        }
    }
}
