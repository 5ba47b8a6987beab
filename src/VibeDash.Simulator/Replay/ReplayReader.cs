using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using VibeDash.Core.Readings;
using VibeDash.Demo.Events;

namespace VibeDash.Simulator.Replay;

/// <summary>Reads the rows of a CSV file as events, one row at a time. Not thread-safe.</summary>
/// <param name="options">What to read, and how.</param>
/// <param name="text">The file.</param>
/// <param name="now">Timestamps later than a little after it are refused, as VibeDash would.</param>
/// <param name="log">Receives a line for each of the first cells and rows that cannot be read.</param>
public sealed class ReplayReader(ReplayOptions options, TextReader text, DateTimeOffset now, TextWriter log)
{
    /// <summary>What replayed events name as their source.</summary>
    public const string Source = "Replay";

    private const int MostTold = 10;
    private const int LongestCell = 64 * 1024;

    private static readonly string[] NoLevel = ["", "nan", "na", "null"];

    /// <summary>Rows read so far, whatever was in them.</summary>
    public long Rows { get; private set; }

    /// <summary>Cells without a level: empty, <c>NaN</c>, <c>NA</c> or <c>null</c>.</summary>
    public long Empty { get; private set; }

    /// <summary>Rows and cells that cannot be read.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Reads the rows in the order of the file; call once. What cannot be read is counted and told, and left out.</summary>
    /// <exception cref="InvalidDataException">The file has no head, lacks a column, or is no CSV from some line on.</exception>
    public IEnumerable<ReplayRow> Read()
    {
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = options.Separator.ToString(),
            TrimOptions = TrimOptions.Trim,
            MaxFieldSize = LongestCell,
            // A quotation mark where none may be is no number, and no timestamp.
            BadDataFound = null,
        });
        if (!Next(csv) || !csv.ReadHeader() || csv.HeaderRecord is not { } head)
            throw new InvalidDataException($"{options.File} is empty: expected a first row with the names of the columns.");

        var time = Find(head, options.Time.Column);
        var places = options.Columns.Select(column => Find(head, column.Column)).ToArray();
        while (Next(csv))
        {
            Rows++;
            if (ReadRow(csv, head.Length, time, places) is { } row)
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

    private int Find(string[] head, string column)
    {
        var place = Array.IndexOf(head, column);
        if (place < 0)
            throw new InvalidDataException(
                $"{options.File} has no column '{column}' between '{options.Separator}'. It has: {string.Join(", ", head.Select(name => $"'{name}'"))}.");
        return Array.LastIndexOf(head, column) == place ? place : throw new InvalidDataException($"{options.File} has several columns '{column}'.");
    }

    private ReplayRow? ReadRow(CsvReader csv, int width, int time, int[] places)
    {
        if (csv.Parser.Count != width)
            return Refuse(csv, $"{csv.Parser.Count} cells, where the head has {width}.");
        if (!options.Time.TryRead(csv[time]!, out var timestamp))
            return Refuse(csv, $"'{csv[time]}' in column '{options.Time.Column}' is no timestamp in the format {options.Time.Format}.");
        if (timestamp < VibrationEventParser.EarliestTimestamp || timestamp > now + VibrationEventParser.MaximumLead)
            return Refuse(csv, $"{timestamp.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} is before {VibrationEventParser.EarliestTimestamp:yyyy-MM-dd} or in the future.");

        // What VibeDash keeps.
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
            Refuse(csv, $"'{cell}' in column '{column.Column}' is no number.");
        else if (number * column.Multiplier is var level && (level < 0 || !double.IsFinite(level)))
            Refuse(csv, $"'{cell}' in column '{column.Column}' is no level: negative or infinite.");
        else
            return new(
                new Reading(column.SensorId, timestamp, EventIdOf(column.SensorId, timestamp, level), level, column.Baseline, column.Unit),
                new SensorFacts(column.Location, null, null, Source, EventPayload.Version),
                null);
        return null;
    }

    /// <summary>The same for the same reading, so that a second replay is recognised; another for another level of the same moment.</summary>
    private static string EventIdOf(string sensorId, DateTimeOffset timestamp, double level)
    {
        var reading = string.Create(CultureInfo.InvariantCulture, $"{sensorId}\n{timestamp.UtcTicks}\n{level:R}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reading)).AsSpan(0, 16));
    }

    private ReplayRow? Refuse(CsvReader csv, string why)
    {
        Unreadable++;
        if (Unreadable <= MostTold)
            log.WriteLine($"Line {csv.Parser.RawRow - csv.Parser.RawRecord.TrimEnd().Count(c => c == '\n')}: {why}");
        if (Unreadable == MostTold)
            log.WriteLine("What else cannot be read is only counted.");
        return null;
    }
}
