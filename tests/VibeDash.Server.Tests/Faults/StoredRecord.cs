using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;
using VibeDash.Demo.Events;
using VibeDash.Server.Storage.Segments;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Tests.Faults;

/// <summary>Content of a database after faults, read while no server runs, and its expected content.</summary>
internal sealed class StoredRecord
{
    private static readonly HashSet<string> Simulated = [.. new SimulatedFleet(1000).Sensors.Select(sensor => sensor.SensorId)];

    private StoredRecord(IReadOnlyList<Reading> readings, IReadOnlyList<AlertTransition> journal, IReadOnlyList<Alert> alerts) =>
        (Readings, Journal, Alerts) = (readings, journal, alerts);

    /// <summary>All readings, by sensor and time.</summary>
    public IReadOnlyList<Reading> Readings { get; }

    /// <summary>The alert journal, by position.</summary>
    public IReadOnlyList<AlertTransition> Journal { get; }

    /// <summary>All alerts, by id.</summary>
    public IReadOnlyList<Alert> Alerts { get; }

    public static StoredRecord Load(string folder)
    {
        using var context = new VibeDashContext(
            new DbContextOptionsBuilder<VibeDashContext>().UseSqlite($"Data Source={Path.Combine(folder, "vibedash.db")};Pooling=False").Options);
        context.Database.OpenConnection();
        using var stored = new StoredReadings((SqliteConnection)context.Database.GetDbConnection());
        var readings = context.Sensors.AsNoTracking().OrderBy(sensor => sensor.SensorId).AsEnumerable()
            .SelectMany(sensor => stored.From(sensor.Key, sensor.SensorId, DateTimeOffset.MinValue, int.MaxValue))
            .ToList();
        return new(
            readings,
            [.. context.AlertTransitions.AsNoTracking().OrderBy(row => row.Position).AsEnumerable().Select(row => row.ToTransition())],
            [.. context.Alerts.AsNoTracking().OrderBy(row => row.Id).AsEnumerable().Select(row => row.ToAlert())]);
    }

    /// <summary>How many readings a database holds, also while a server writes into it: a tenth of the work of <see cref="Load"/>.</summary>
    public static long Count(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "vibedash.db")};Pooling=False");
        connection.Open();
        using var count = connection.CreateCommand();

        // Of one moment: a reading goes from one table into the other.
        count.CommandText = "SELECT (SELECT count(*) FROM Readings) + (SELECT coalesce(sum(Count), 0) FROM Segments)";
        return (long)count.ExecuteScalar()!;
    }

    /// <summary>Every event sent is stored once; the journal equals an evaluation of the stored readings, once each, in order.</summary>
    /// <param name="sent">Ids of the events sent.</param>
    /// <param name="late">Ids of late-arriving events, which are not evaluated; null for none.</param>
    public void ShouldBeAllOf(IReadOnlyCollection<string> sent, IReadOnlySet<string>? late = null)
    {
        var ids = Readings.Select(reading => reading.EventId).ToHashSet();
        TestContext.Current.TestOutputHelper?.WriteLine($"{sent.Count} sent, {Readings.Count} stored, {Journal.Count} journal entries");

        sent.Where(id => !ids.Contains(id)).ShouldBeEmpty();
        ids.Count.ShouldBe(Readings.Count);
        Readings.Count.ShouldBe(sent.Count);
        Journal.Select(entry => entry.Position).ShouldBe(Enumerable.Range(1, Journal.Count).Select(position => (long)position));
        JournalBySensor().ShouldBe(ExpectedJournalBySensor(late));
    }

    /// <summary>
    /// The journal in a form independent of the interleaving of different sensors. Excludes silences, which depend on the clock, and backfilled
    /// entries.
    /// </summary>
    public IEnumerable<string> JournalBySensor()
    {
        var sensors = Alerts.ToDictionary(alert => alert.Id);
        return Journal.Where(entry => !entry.IsBackfilled && sensors[entry.AlertId].Kind != ConditionKind.NoData)
            .Select(entry => Line(entry, sensors[entry.AlertId])).Order(StringComparer.Ordinal);
    }

    /// <summary>The journal expected from the stored readings when each, except late-arriving ones, is evaluated once, in order.</summary>
    public IEnumerable<string> ExpectedJournalBySensor(IReadOnlySet<string>? late = null) =>
        Evaluated(late).Select(change => Line(change.Transition, change.Alert)).Order(StringComparer.Ordinal);

    /// <summary>The alerts expected from the stored readings when each is evaluated once, in order.</summary>
    public IReadOnlyList<Alert> ExpectedAlerts() => [.. Evaluated(late: null).GroupBy(change => change.Alert.Id).Select(changes => changes.Last().Alert)];

    // Messages are not stored: the simulated sensors send this with each level above twice their baseline.
    private static string? MessageOf(Reading reading) => Simulated.Contains(reading.SensorId) && reading.Level > 2 * reading.Baseline ? "exceeds" : null;

    private List<AlertChange> Evaluated(IReadOnlySet<string>? late)
    {
        var journal = new List<AlertChange>();
        var writer = new JournalWriter(new(0, 0), journal);
        var book = new RuleBook(AlertRule.Defaults);
        foreach (var sensor in Readings.Where(reading => late?.Contains(reading.EventId) != true).GroupBy(reading => reading.SensorId))
        {
            var watch = new SensorWatch(sensor.Key, book.For(sensor.Key, new("", null, null, null, null), [], sensor.First().Unit), []);
            foreach (var reading in sensor)
                watch.Evaluate(new(reading, reading.Baseline, Message: MessageOf(reading)), gapIsCertain: false, writer);
        }

        return journal;
    }

    private static string Line(AlertTransition entry, Alert alert) =>
        $"{alert.SensorId} {alert.Kind} {entry.At:O} {entry.Trigger} {entry.From}→{entry.To} {entry.Evaluation?.Severity} at {entry.Evaluation?.Level}";
}
