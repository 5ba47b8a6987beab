using System.Text;
using Microsoft.Data.Sqlite;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Storage.Segments;

/// <summary>
/// The units of a sensor's rollups over time. A rollup has the unit in force at its start: readings in it of another unit are converted or, where that is
/// impossible, are not in it. So no rollup mixes units, whatever arrives late. Use it inside one transaction. Not thread-safe.
/// </summary>
/// <remarks>Single readings keep the unit they were sent in.</remarks>
internal sealed class UnitStretches : IDisposable
{
    /// <summary>Maximum number of stretches of a sensor. One whose senders take turns with two units has no more: its readings are converted or left out.</summary>
    public const int Maximum = 64;

    private readonly Statement _select;
    private readonly Statement _insert;
    private readonly List<(long From, string Unit)> _stretches = [];
    private double[] _levels = new double[ReadingBlock.Capacity];

    public UnitStretches(SqliteConnection connection)
    {
        _select = new(connection, """SELECT "From", Unit FROM SensorUnits WHERE SensorKey = ?1 ORDER BY "From" """);
        _insert = new(connection, """INSERT INTO SensorUnits (SensorKey, "From", Unit) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING""");
    }

    /// <summary>The stretches of the loaded sensor, oldest first, with their start in microseconds since the Unix epoch; none for a sensor of one unit.</summary>
    public IReadOnlyList<(long From, string Unit)> All => _stretches;

    /// <summary>Loads a sensor.</summary>
    public void Load(int sensorKey)
    {
        _stretches.Clear();
        _select.Bind(1, sensorKey);
        while (_select.Step())
            _stretches.Add((_select.Int64(0), Encoding.UTF8.GetString(_select.Bytes(1))));
    }

    /// <summary>Index of the stretch at a time.</summary>
    public int IndexAt(long time)
    {
        var index = _stretches.Count - 1;
        while (index > 0 && _stretches[index].From > time)
            index--;
        return index;
    }

    /// <summary>
    /// The levels of readings in the units of their rollups; NaN for one that is in none, because it is not good or cannot be converted. Valid until the
    /// next call.
    /// </summary>
    public ReadOnlySpan<double> Levels(ReadingColumns readings, RollupTier tier)
    {
        if (_stretches.Count == 0 && !readings.Qualities.ContainsAnyExcept(ReadingQuality.Good))
            return readings.Levels;
        if (_levels.Length < readings.Count)
            _levels = new double[readings.Count];
        var width = Rollup.WidthOf(tier);
        for (var i = 0; i < readings.Count; i++)
        {
            _levels[i] = readings.Qualities[i] == ReadingQuality.Good ? readings.Levels[i] : double.NaN;
            if (_stretches.Count > 0 && !double.IsNaN(_levels[i]))
                VibrationUnit.TryConvert(readings.Levels[i], readings.Units[i], _stretches[IndexAt(Rollup.StartOf(readings.Timestamps[i], width))].Unit, out _levels[i]);
        }

        return _levels.AsSpan(0, readings.Count);
    }

    /// <summary>A sensor has sent a second unit: records its first one.</summary>
    public void Begin(StoredSensor sensor)
    {
        if (sensor.Units == 0)
            Add(sensor, 0, sensor.Unit);
    }

    /// <summary>The newest reading of a sensor has another unit.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="from">Event time of the reading, in microseconds since the Unix epoch.</param>
    /// <param name="unit">The unit.</param>
    public void Change(StoredSensor sensor, long from, string unit)
    {
        Begin(sensor);
        if (sensor.Units >= Maximum)
            return;

        // After the clock of the sensor went back, the stretch that begins later stays: there may be rollups in its unit.
        Load(sensor.Key);
        if (_stretches[^1].From < from)
            Add(sensor, from, unit);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _select.Dispose();
        _insert.Dispose();
    }

    private void Add(StoredSensor sensor, long from, string unit)
    {
        _insert.Bind(1, sensor.Key).Bind(2, from).Bind(3, unit, VibrationEventParser.MaximumIdLength).Run();
        sensor.Unit = unit;
        sensor.Units++;
    }
}
