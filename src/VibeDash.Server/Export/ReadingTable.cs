using VibeDash.Core.Sensors;

namespace VibeDash.Server.Export;

/// <summary>Readings as a table.</summary>
internal static class ReadingTable
{
    private static readonly RowColumn Timestamp = new("timestamp"), Sensor = new("sensor"), Level = new("level"), Unit = new("unit"), Baseline = new("baseline"),
        EventId = new("eventId"), Suspect = new("suspect");

    /// <summary>Its columns.</summary>
    public static IReadOnlyList<RowColumn> Columns { get; } = [Timestamp, Sensor, Level, Unit, Baseline, EventId, Suspect];

    /// <summary>Writes a row.</summary>
    public static void Write(RowWriter row, Reading reading)
    {
        row.BeginRow();
        row.Time(Timestamp, reading.Timestamp);
        row.Text(Sensor, reading.SensorId);
        row.Number(Level, reading.Level);
        row.Text(Unit, reading.Unit);
        row.Number(Baseline, reading.Baseline);
        row.Text(EventId, reading.EventId);
        row.Flag(Suspect, reading.IsSuspect);
        row.EndRow();
    }
}
