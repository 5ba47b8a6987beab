using VibeDash.Core.Readings;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Export;

/// <summary>Readings as a table.</summary>
internal static class ReadingTable
{
    private static readonly RowColumn Timestamp = new("timestamp"), Sensor = new("sensor"), Level = new("level"), Unit = new("unit"), Baseline = new("baseline"),
        EventId = new("eventId"), Suspect = new("suspect"), Quality = new("quality");

    /// <summary>Its columns.</summary>
    public static IReadOnlyList<RowColumn> Columns { get; } = [Timestamp, Sensor, Level, Unit, Baseline, EventId, Suspect, Quality];

    /// <summary>Writes a row.</summary>
    public static void Write(RowWriter row, string sensorId, ReadingColumns readings, int index)
    {
        row.BeginRow();
        row.Time(Timestamp, UnixMicroseconds.To(readings.Timestamps[index]));
        row.Text(Sensor, sensorId);
        row.Number(Level, readings.Levels[index]);
        row.Text(Unit, readings.Units[index]);
        row.Number(Baseline, readings.Baselines[index]);
        row.Text(EventId, readings.Id(index));
        row.Flag(Suspect, readings.Suspect[index]);
        row.Text(Quality, Word(readings.Qualities[index]));
        row.EndRow();
    }

    private static string Word(ReadingQuality quality) => quality switch
    {
        ReadingQuality.Good => "good",
        ReadingQuality.Uncertain => "uncertain",
        ReadingQuality.Stale => "stale",
        _ => "bad",
    };
}
