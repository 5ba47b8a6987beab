using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using VibeDash.Core.Readings;
using VibeDash.Demo.Events;

namespace VibeDash.Simulator.Replay;

/// <summary>Reads the rows of a CSV file as events, one row at a time. Not thread-safe.</summary>
/// <param name="options">The file name, the separator and the columns.</param>
/// <param name="text">The content of the file.</param>
/// <param name="now">The current time; timestamps more than <see cref="VibrationEventParser.MaximumLead"/> later are refused, as the server would.</param>
/// <param name="log">Receives a line for each of the first unreadable rows and cells.</param>
public sealed class ReplayReader(ReplayOptions options, TextReader text, DateTimeOffset now, TextWriter log)
{
    /// <summary>The <c>source</c> of replayed events.</summary>
    public const string Source = "Replay";

    private const int MaximumLogged = 10;
    private const int MaximumCellLength = 64 * 1024;

    private static readonly string[] NoLevel = ["", "nan", "na", "null"];

    /// <summary>Number of rows read so far, including unreadable ones.</summary>
    public long Rows { get; private set; }

    /// <summary>Number of cells without a level: empty, <c>NaN</c>, <c>NA</c> or <c>null</c>.</summary>
    public long Empty { get; private set; }

    /// <summary>Number of unreadable rows and cells.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Reads the rows in the order of the file; call it once. Unreadable rows and cells are left out, counted and logged.</summary>
    /// <exception cref="InvalidDataException">The file has no header row, lacks a column, or has a line that is not CSV.</exception>
    public IEnumerable<ReplayRow> Read()
    {
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = options.Separator.ToString(),
            TrimOptions = TrimOptions.Trim,
            MaxFieldSize = MaximumCellLength,
            // A misplaced quotation mark does not throw here: the cell then fails to parse as a number or timestamp.
            BadDataFound = null,
        });
        if (!Next(csv) || !csv.ReadHeader() || csv.HeaderRecord is not { } header)
            throw new InvalidDataException($"{options.File} is empty: expected a first row with the names of the columns.");

        var time = Find(header, options.Time.Column);
        var places = options.Columns.Select(column => Find(header, column.Column)).ToArray();
        while (Next(csv))
        {
            Rows++;
            if (ReadRow(csv, header.Length, time, places) is { } row)
                yield return row;
        }
    }

    private bool Next(CsvReader csv)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvHelperException fault)
        {
            throw new InvalidDataException($"{options.File} cannot be read from line {csv.Parser.RawRow} on: {fault.Message.Split('\n')[0].Trim()}", fault);
        }
    }

    private int Find(string[] header, string column)
    {
        var index = Array.IndexOf(header, column);
        if (index < 0)
            throw new InvalidDataException(
                $"{options.File} has no column '{column}' between '{options.Separator}'. It has: {string.Join(", ", header.Select(name => $"'{name}'"))}.");
        return Array.LastIndexOf(header, column) == index ? index : throw new InvalidDataException($"{options.File} has several columns '{column}'.");
    }

    private ReplayRow? ReadRow(CsvReader csv, int width, int time, int[] places)
    {
        if (csv.Parser.Count != width)
            return Refuse(csv, $"{csv.Parser.Count} cells, but the header row has {width}.");
        if (!options.Time.TryRead(csv[time]!, out var timestamp))
            return Refuse(csv, $"'{csv[time]}' in column '{options.Time.Column}' is not a timestamp in the format {options.Time.Format}.");
        if (timestamp < VibrationEventParser.EarliestTimestamp || timestamp > now + VibrationEventParser.MaximumLead)
            return Refuse(csv, $"{timestamp.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} is before {VibrationEventParser.EarliestTimestamp:yyyy-MM-dd} or in the future.");

        // VibeDash stores microseconds.
        timestamp = timestamp.AddTicks(-(timestamp.UtcTicks % TimeSpan.TicksPerMicrosecond)).ToUniversalTime();
        var events = new List<VibrationEvent>(places.Length);
        for (var i = 0; i < places.Length; i++)
        {
            if (ReadCell(csv, places[i], options.Columns[i], timestamp) is { } replayed)
                events.Add(replayed);
        }

        return new(timestamp, events);
    }

    private VibrationEvent? ReadCell(CsvReader csv, int place, LevelColumn column, DateTimeOffset timestamp)
    {
        var cell = csv[place]!;
        if (NoLevel.Contains(cell, StringComparer.OrdinalIgnoreCase))
        {
            Empty++;
            return null;
        }

        if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            Refuse(csv, $"'{cell}' in column '{column.Column}' is not a number.");
        else if (number * column.Multiplier is var level && (level < 0 || !double.IsFinite(level)))
            Refuse(csv, $"'{cell}' in column '{column.Column}' is not a level: it is negative or infinite.");
        else
            return new(
                new Reading(column.SensorId, timestamp, EventIdOf(column.SensorId, timestamp, level), level, column.Baseline, column.Unit),
                new SensorFacts(column.Location, null, null, Source, EventPayload.Version),
                null);
        return null;
    }

    /// <summary>The same id for the same reading, so that a second replay gives duplicates; another id for another level with the same timestamp.</summary>
    private static string EventIdOf(string sensorId, DateTimeOffset timestamp, double level)
    {
        var reading = string.Create(CultureInfo.InvariantCulture, $"{sensorId}\n{timestamp.UtcTicks}\n{level:R}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reading)).AsSpan(0, 16));
    }

    private ReplayRow? Refuse(CsvReader csv, string why)
    {
        Unreadable++;
        if (Unreadable <= MaximumLogged)
            log.WriteLine($"Line {csv.Parser.RawRow - csv.Parser.RawRecord.TrimEnd().Count(c => c == '\n')}: {why}");
        if (Unreadable == MaximumLogged)
            log.WriteLine("Further unreadable rows and cells are counted but not logged.");
        return null;
    }
}
