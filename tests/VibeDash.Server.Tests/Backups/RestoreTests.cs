using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Backups;

/// <summary>The steps of <c>docs/backup.md</c>.</summary>
public sealed class RestoreTests : ServerTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentQueue<int> _stored = new();

    [Fact]
    public async Task A_backup_made_under_load_is_restored_and_has_everything_up_to_its_beginning()
    {
        // A plant in operation: readings arrive, an alert is open, a note exists.
        using var stopLoad = new CancellationTokenSource();
        var load = LoadAsync(stopLoad.Token);
        await Eventually.TrueAsync(() => Task.FromResult(_stored.Count > 300), "readings arrive");
        using (var note = await Server.Http.PostAsJsonAsync(
            "api/v1/sensors/VB-1/notes", new NoteEdit(Noon, null, NoteKind.MaintenanceDone, "Bearing replaced"), DashboardJson.Default.NoteEdit, TestContext.Current.CancellationToken))
            note.StatusCode.ShouldBe(HttpStatusCode.Created);
        var before = _stored.ToArray();

        // 1. Make the backup: curl -X POST http://localhost:5080/api/v1/backups
        using (var begun = await Server.Http.PostAsync("api/v1/backups", null, TestContext.Current.CancellationToken))
            begun.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        // 2. Wait until it is complete: curl http://localhost:5080/api/v1/backups
        var backup = await Eventually.GetAsync(
            async () => await Server.GetAsync<BackupStatus>("api/v1/backups") is { Run: { EndedAt: not null, Fault: null }, Files: [var file, ..] } ? file : null, "the backup is whole");
        var during = _stored.Count;
        await Eventually.TrueAsync(() => Task.FromResult(_stored.Count > during + 100), "readings go on arriving");
        await stopLoad.CancelAsync();
        await load;

        // 3. Fetch it: curl -O http://localhost:5080/api/v1/backups/NAME; and put it in the folder of the new server as vibedash.db.
        var elsewhere = Directory.CreateDirectory(Path.Combine(Folder, "restored")).FullName;
        var restored = Path.Combine(elsewhere, "vibedash.db");
        await File.WriteAllBytesAsync(restored, await Server.Http.GetByteArrayAsync($"api/v1/backups/{backup.Name}", TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        new FileInfo(restored).Length.ShouldBe(backup.Bytes);

        // 4. Check it: sqlite3 vibedash.db 'PRAGMA integrity_check'
        Check(restored).ShouldBe("ok");

        // 5. Start a server on it.
        var broker = new EmbeddedTestBroker();
        await using var server = await TestServer.StartAsync(elsewhere, broker);
        await server.ConnectedToBrokerAsync();

        // Everything before the backup is present; of the events during it, a prefix; and nothing has a gap.
        var readings = await ReadingsAsync(server);
        readings.ShouldBe(Enumerable.Range(0, readings.Length));
        readings.Length.ShouldBeGreaterThanOrEqualTo(before.Length);
        readings.Length.ShouldBeLessThanOrEqualTo(_stored.Count);
        (await server.GetAsync<Note[]>("api/v1/sensors/VB-1/notes"))!.ShouldHaveSingleItem().Text.ShouldBe("Bearing replaced");
        var fleet = await server.FleetAsync();
        fleet.OpenAlerts.ShouldHaveSingleItem().SensorId.ShouldBe("VB-1");
        fleet.Status.StorageFault.ShouldBeNull();

        // The server continues from there.
        await PostAsync(server, _stored.Count);
        (await ReadingsAsync(server)).Length.ShouldBe(readings.Length + 1);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private static string Check(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        return (string)check.ExecuteScalar()!;
    }

    private static async Task<int[]> ReadingsAsync(TestServer server)
    {
        var lines = await server.Http.GetStringAsync("api/v1/sensors/VB-1/readings.ndjson", TestContext.Current.CancellationToken);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(JsonDocument.Parse(line).RootElement.GetProperty("eventId").GetString()!, CultureInfo.InvariantCulture))];
    }

    private static Task PostAsync(TestServer server, int number) => server.PostEventsAsync(TestSensor.Event(41, Noon.AddSeconds(number), eventId: $"{number}"));

    // Sequentially, so that the stored events must be a prefix of those sent.
    private async Task LoadAsync(CancellationToken stopped)
    {
        for (var number = 0; !stopped.IsCancellationRequested; number++)
        {
            await PostAsync(Server, number);
            _stored.Enqueue(number);
        }
    }
}
