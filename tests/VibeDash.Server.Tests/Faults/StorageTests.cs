using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>Storage fails while the server runs: nothing is acknowledged, the fault is shown everywhere, and operation resumes by itself.</summary>
public sealed class StorageTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-storage-").FullName;
    private readonly EmbeddedTestBroker _broker = new();

    [Fact]
    public async Task A_full_disk_stops_acknowledging_and_all_goes_on_when_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync("4m");
        using var server = new ServerProcess(disk.Folder, _broker);
        await server.ReadyAsync();
        await using var load = new SensorLoad(_broker);

        await FaultAsync(server, "no room left on the disk", "database or disk is full");
        await disk.RemountAsync("size=64m");

        await GoesOnAsync(server, load, disk.Folder);
    }

    [Fact]
    public async Task A_database_that_becomes_read_only_stops_acknowledging_and_all_goes_on_when_it_can_be_written()
    {
        using var server = new ServerProcess(_folder, _broker);
        await server.ReadyAsync();
        await using var load = new SensorLoad(_broker);
        await load.AcknowledgedMoreAsync(500);

        await using (await ImmutableFile.MakeAsync(DatabaseFile))
        await using (await ImmutableFile.MakeAsync(DatabaseFile + "-wal"))
            await FaultAsync(server, "read-only");

        await GoesOnAsync(server, load, _folder);
    }

    [Fact]
    public async Task While_the_log_cannot_be_written_home_it_grows_and_nothing_is_held_up()
    {
        using var server = new ServerProcess(_folder, _broker);
        await server.ReadyAsync();
        await using var load = new SensorLoad(_broker, sensors: 400, rate: 6000);
        await load.AcknowledgedMoreAsync(500);

        var size = new FileInfo(DatabaseFile).Length;
        await using (await ImmutableFile.MakeAsync(DatabaseFile))
        {
            // The log is checkpointed at 8,192 pages, i.e. 32 MB.
            await Eventually.TrueAsync(() => Task.FromResult(new FileInfo(DatabaseFile + "-wal").Length > 36 << 20), "the log is longer than it should be");
            new FileInfo(DatabaseFile).Length.ShouldBe(size);
            await load.AcknowledgedMoreAsync(500);
            (await server.StatusAsync())!.StorageFault.ShouldBeNull();
        }

        await Eventually.TrueAsync(() => Task.FromResult(new FileInfo(DatabaseFile).Length > size), "the log is written home");
        await GoesOnAsync(server, load, _folder);
    }

    [Fact]
    public async Task A_lock_held_by_another_program_stops_acknowledging_until_it_is_released()
    {
        using var server = new ServerProcess(_folder, _broker);
        await server.ReadyAsync();
        await using var load = new SensorLoad(_broker);
        await load.AcknowledgedMoreAsync(500);

        await using (var other = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = other.BeginTransaction();
            await FaultAsync(server, "Another program keeps the database locked");
        }

        await GoesOnAsync(server, load, _folder);
    }

    [Fact]
    public async Task Asked_to_end_while_nothing_can_be_stored_the_server_ends_in_time_and_what_was_not_acknowledged_comes_again()
    {
        using var server = new ServerProcess(_folder, _broker);
        await server.ReadyAsync();
        await using var load = new SensorLoad(_broker);
        await load.AcknowledgedMoreAsync(500);

        await using (var other = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = other.BeginTransaction();
            await NothingIsStoredAsync(server, "Another program keeps the database locked");
            var watch = Stopwatch.StartNew();
            (await server.TerminateAsync()).ShouldBe(0);
            watch.Elapsed.ShouldBeLessThan(TimeLimit.Soon);
        }

        using var next = new ServerProcess(_folder, _broker);
        await next.ReadyAsync();
        await GoesOnAsync(next, load, _folder);
    }

    [Fact]
    public async Task Damage_met_while_running_is_shown_and_not_acknowledged_and_the_next_start_is_refused()
    {
        await using (var made = await TestServer.StartAsync(_folder, _broker))
        {
            // More pages than a connection caches from the start.
            await using var sensor = await TestSensor.ConnectAsync(_broker);
            for (var i = 0; i < 100; i++)
                await Task.WhenAll(Enumerable.Range(i * 200, 200).Select(second => sensor.PublishAsync(TestSensor.Event(4, Noon.AddSeconds(second)))));
        }

        using var server = new ServerProcess(_folder, _broker);
        await server.ReadyAsync();
        await using (var file = new FileStream(DatabaseFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Seek(256 << 10, SeekOrigin.Begin);
            await file.WriteAsync(new byte[file.Length - file.Position], TestContext.Current.CancellationToken);
        }

        await using (var sensor = await TestSensor.ConnectAsync(_broker))
        {
            // Late-arriving readings, which belong to pages not read yet.
            var late = Task.WhenAll(Enumerable.Range(0, 200).Select(i => sensor.PublishAsync(TestSensor.Event(4, Noon.AddSeconds((i * 100) + 0.5)))));
            await NothingIsStoredAsync(server, "The database is damaged");
            late.IsCompletedSuccessfully.ShouldBeFalse();
        }

        await server.KillAsync();
        var damaged = await File.ReadAllBytesAsync(DatabaseFile, TestContext.Current.CancellationToken);

        var (exitCode, error) = await RefusedStart.OfAsync(_folder);

        exitCode.ShouldBe(1);
        error.ShouldContain("is damaged and was left as it is");
        (await File.ReadAllBytesAsync(DatabaseFile, TestContext.Current.CancellationToken)).ShouldBe(damaged);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string DatabaseFile => Path.Combine(_folder, "vibedash.db");

    /// <summary>Waits for the fault; then nothing more may be stored, and requests must be answered.</summary>
    private static async Task FaultAsync(ServerProcess server, params string[] words)
    {
        var stored = await NothingIsStoredAsync(server, words);
        var fleet = await ReadAsync<FleetSnapshot>(server, "api/v1/fleet");
        fleet.Sensors.ShouldNotBeEmpty();
        await ReadAsync<TrendHistory>(
            server, $"api/v1/sensors/{fleet.Sensors[0].SensorId}/history?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z");
        (await ReadAsync<AlertPage>(server, "api/v1/alerts")).Items.ShouldNotBeNull();
        using var page = await server.Http.GetAsync("", TestContext.Current.CancellationToken);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.StatusAsync())!.Stored.ShouldBe(stored);
    }

    private static async Task<long> NothingIsStoredAsync(ServerProcess server, params string[] words)
    {
        var status = await Eventually.GetAsync(
            async () => await server.StatusAsync() is { StorageFault: { } fault } now && words.All(word => fault.Contains(word, StringComparison.Ordinal)) ? now : null,
            $"the status says: {string.Join(", ", words)}");
        TestContext.Current.TestOutputHelper?.WriteLine(status.StorageFault!);
        status.StorageFault!.ShouldNotContain("\n");
        (await server.StatusAsync())!.Stored.ShouldBe(status.Stored);

        using var health = await server.Http.GetAsync("health", TestContext.Current.CancellationToken);
        health.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(words[0]);
        return status.Stored;
    }

    private static async Task<T> ReadAsync<T>(ServerProcess server, string path)
    {
        using var response = await server.Http.GetAsync(path, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return (T)(await response.Content.ReadFromJsonAsync(typeof(T), DashboardJson.Default, TestContext.Current.CancellationToken))!;
    }

    private static async Task GoesOnAsync(ServerProcess server, SensorLoad load, string folder)
    {
        await Eventually.TrueAsync(async () => await server.StatusAsync() is { StorageFault: null }, "the fault is over");
        await load.AcknowledgedMoreAsync(500);
        var sent = await load.StopAsync();
        using (var health = await server.Http.GetAsync("health", TestContext.Current.CancellationToken))
            health.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.TerminateAsync()).ShouldBe(0);
        var stored = StoredRecord.Load(folder);
        stored.ShouldBeAllOf(sent);
        stored.Journal.ShouldNotBeEmpty();
    }
}
