using VibeDash.Core.Readings;
using VibeDash.Simulator.Replay;

namespace VibeDash.Core.Tests.Simulator;

public sealed class ReplayReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly LevelColumn First = new() { Column = "a", SensorId = "S-1", Unit = "g", Baseline = 0.07, Location = "Rig, Shaft 1" };
    private static readonly LevelColumn Second = new() { Column = "b c", SensorId = "S-2", Unit = "mm/s", Multiplier = 0.01 };

    [Fact]
    public void A_row_gives_an_event_for_each_column_with_its_unit_baseline_multiplier_and_location()
    {
        var row = Read("timestamp,ignored,b c,a\n2004-02-12T10:32:39,x,29,0.07348\n").Rows.ShouldHaveSingleItem();

        row.Timestamp.ShouldBe(new(2004, 2, 12, 10, 32, 39, TimeSpan.Zero));
        var readings = row.Events.Select(sent => sent.Reading).ToArray();
        readings.Select(reading => (reading.SensorId, reading.Timestamp, reading.Level, reading.Baseline, reading.Unit)).ShouldBe(
            [("S-1", row.Timestamp, 0.07348, 0.07, "g"), ("S-2", row.Timestamp, 29 * 0.01, 0, "mm/s")]);
        row.Events.Select(sent => sent.Facts.Location).ShouldBe(["Rig, Shaft 1", ""]);
    }

    [Fact]
    public void An_event_id_is_the_same_in_every_replay_and_another_for_every_reading()
    {
        const string File = "timestamp,a,b c\n2004-02-12T10:32:39,1,1\n2004-02-12T10:32:40,1,1\n2004-02-12T10:32:40,1.5,1\n";

        var ids = Read(File).Rows.SelectMany(row => row.Events).Select(sent => sent.Reading.EventId).ToArray();

        Read(File).Rows.SelectMany(row => row.Events).Select(sent => sent.Reading.EventId).ShouldBe(ids);
        // The same level of the same sensor at the same moment is the same reading.
        ids[5].ShouldBe(ids[3]);
        ids.Take(5).ShouldBeUnique();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("NA")]
    [InlineData("null")]
    public void A_cell_without_a_level_is_skipped_and_counted(string cell)
    {
        var (rows, reader, log) = Read($"timestamp,a,b c\n2004-02-12T10:32:39,{cell},1\n");

        rows.ShouldHaveSingleItem().Events.ShouldHaveSingleItem().Reading.SensorId.ShouldBe("S-2");
        (reader.Rows, reader.Empty, reader.Unreadable, log).ShouldBe((1, 1, 0, ""));
    }

    [Theory]
    [InlineData("2004-02-12T10:32:39,x,1", "Line 4: 'x' in column 'a' is not a number.", 1)]
    [InlineData("2004-02-12T10:32:39,-1,1", "Line 4: '-1' in column 'a' is not a level: it is negative or infinite.", 1)]
    [InlineData("2004-02-12T10:32:39,1e999,1", "Line 4: '1e999' in column 'a' is not a level: it is negative or infinite.", 1)]
    [InlineData("2004-02-12T10:32:39,1", "Line 4: 2 cells, but the header row has 3.", 0)]
    [InlineData("2004-02-12T10:32:39,1,1,1", "Line 4: 4 cells, but the header row has 3.", 0)]
    [InlineData("yesterday,1,1", "Line 4: 'yesterday' in column 'timestamp' is not a timestamp in the format iso.", 0)]
    [InlineData("10:32:39,1,1", "Line 4: '10:32:39' in column 'timestamp' is not a timestamp in the format iso.", 0)]
    [InlineData("1999-12-31T23:59:59,1,1", "Line 4: 1999-12-31T23:59:59Z is before 2000-01-01 or in the future.", 0)]
    [InlineData("2026-03-01T12:05:01,1,1", "Line 4: 2026-03-01T12:05:01Z is before 2000-01-01 or in the future.", 0)]
    [InlineData("2004-02-12T10:32:39,1\"1,1", "Line 4: '1\"1' in column 'a' is not a number.", 1)]
    public void What_cannot_be_read_is_told_with_its_line_and_left_out(string line, string told, int events)
    {
        var (rows, reader, log) = Read($"timestamp,a,b c\n2004-02-12T10:32:38,1,1\n\n{line}\n2004-02-12T10:32:40,1,1\n");

        log.ShouldBe(told + "\n");
        (reader.Rows, reader.Empty, reader.Unreadable).ShouldBe((3, 0, 1));
        rows.Sum(row => row.Events.Count).ShouldBe(4 + events);
    }

    [Fact]
    public void Only_the_first_of_many_that_cannot_be_read_are_told()
    {
        var (rows, reader, log) = Read("timestamp,a,b c\n" + string.Concat(Enumerable.Repeat("x,1,1\n", 1000)));

        (rows.Count, reader.Unreadable).ShouldBe((0, 1000));
        log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(11);
        log.ShouldEndWith("Further unreadable rows and cells are counted but not logged.\n");
    }

    [Fact]
    public void Order_is_that_of_the_file() =>
        Read("timestamp,a,b c\n2004-02-12T10:32:40,1,1\n2004-02-12T10:32:39,1,1\n").Rows.Select(row => row.Timestamp.Second).ShouldBe([40, 39]);

    [Fact]
    public void Quoted_cells_a_byte_order_mark_and_windows_line_ends_are_read() =>
        Read("\uFEFF\"timestamp\",\"a\",\"b c\"\r\n\"2004-02-12 10:32:39\",\"1\", 2 \r\n".TrimStart('\uFEFF')).Rows.ShouldHaveSingleItem().Events.Count.ShouldBe(2);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("timestamp;a;b c\n", "has no column 'timestamp' between ','. It has: 'timestamp;a;b c'.")]
    [InlineData("timestamp,a,B c\n", "has no column 'b c' between ','. It has: 'timestamp', 'a', 'B c'.")]
    [InlineData("timestamp,a,b c,a\n", "has several columns 'a'.")]
    public void A_file_without_the_columns_is_refused(string file, string why) =>
        Should.Throw<InvalidDataException>(() => Read(file)).Message.ShouldContain(why);

    [Fact]
    public void A_cell_without_end_does_not_fill_the_memory() =>
        Should.Throw<InvalidDataException>(() => Read("timestamp,a,b c\n2004-02-12T10:32:39,\"1,1\n" + new string('x', 1_000_000)))
            .Message.ShouldStartWith("file.csv cannot be read from line ");

    [Theory]
    [InlineData("iso", "2004-02-12T10:32:39.5Z", "2004-02-12T10:32:39.5000000Z")]
    [InlineData("iso", "2004-02-12 10:32:39", "2004-02-12T10:32:39.0000000Z")]
    [InlineData("iso", "2004-02-12T10:32:39+02:00", "2004-02-12T08:32:39.0000000Z")]
    [InlineData("iso", "2004-02-12T10:32:39.1234567", "2004-02-12T10:32:39.1234560Z")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2004-02-12 10:32:39", "2004-02-12T10:32:39.0000000Z")]
    [InlineData("dd.MM.yyyy HH:mm", "12.02.2004 10:32", "2004-02-12T10:32:00.0000000Z")]
    [InlineData("seconds", "1076581959", "2004-02-12T10:32:39.0000000Z")]
    [InlineData("seconds", "1076581959.25", "2004-02-12T10:32:39.2500000Z")]
    [InlineData("milliseconds", "1076581959250", "2004-02-12T10:32:39.2500000Z")]
    public void Timestamps_are_read_in_their_format(string format, string cell, string expected) =>
        Read($"timestamp,a,b c\n{cell},1,1\n", TimestampColumn.Create("timestamp", format, DateTimeOffset.UnixEpoch))
            .Rows.ShouldHaveSingleItem().Timestamp.UtcDateTime.ToString("O").ShouldBe(expected);

    [Theory]
    [InlineData("1e28")]
    [InlineData("-1e20")]
    [InlineData("99999999999999")]
    [InlineData("NaN")]
    public void A_count_that_is_no_time_is_not_read(string cell) =>
        Read($"timestamp,a,b c\n{cell},1,1\n", TimestampColumn.Create("timestamp", "seconds", DateTimeOffset.UnixEpoch)).Reader.Unreadable.ShouldBe(1);

    [Fact]
    public void Seconds_may_count_from_the_start_of_a_test() =>
        Read("timestamp,a,b c\n28020,1,1\n", TimestampColumn.Create("timestamp", "seconds", new(2011, 4, 1, 9, 39, 39, TimeSpan.Zero)))
            .Rows.ShouldHaveSingleItem().Timestamp.ShouldBe(new(2011, 4, 1, 17, 26, 39, TimeSpan.Zero));

    private static (List<ReplayRow> Rows, ReplayReader Reader, string Log) Read(string file, TimestampColumn? time = null)
    {
        var options = new ReplayOptions
        {
            File = "file.csv", Time = time ?? TimestampColumn.Create("timestamp", TimestampColumn.Iso, default)!, Columns = [First, Second],
        };
        using var text = new StringReader(file);
        using var log = new StringWriter { NewLine = "\n" };
        var reader = new ReplayReader(options, text, Now, log);
        var rows = reader.Read().ToList();
        foreach (var reading in rows.SelectMany(row => row.Events).Select(sent => sent.Reading))
            reading.Timestamp.ShouldBeInRange(VibrationEventParser.EarliestTimestamp, Now + VibrationEventParser.MaximumLead);
        return (rows, reader, log.ToString());
    }
}
