using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Backups;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Faults;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Backups;

public sealed class BackupTests : ServerTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private IDbContextFactory<VibeDashContext> Contexts => Server.Services.GetRequiredService<IDbContextFactory<VibeDashContext>>();

    [Fact]
    public async Task What_is_stored_while_the_database_is_copied_is_not_in_the_copy_and_does_not_make_it_begin_anew()
    {
        await GrowAsync(megabytes: 20);
        var (copied, portions) = (new List<long>(), 0);
        var path = Path.Combine(Folder, "copy.db");

        // A commit of the server follows each portion.
        DatabaseCopy.Write(
            Contexts,
            path,
            (bytes, total) =>
            {
                copied.Add(bytes);
                total.ShouldBeGreaterThan(20L << 20);
                PostAsync($"{portions++}").GetAwaiter().GetResult();
            },
            TestContext.Current.CancellationToken);

        portions.ShouldBeInRange(5, 10);
        copied.ShouldBeInOrder();
        (await Server.FleetAsync()).Status.Stored.ShouldBe(portions);
        Count(path, "Readings").ShouldBe(0);
        Count(path, "DeadLetters").ShouldBe(20 * 16);
    }

    [Fact]
    public async Task A_copy_that_is_given_up_leaves_nothing_locked()
    {
        await GrowAsync(megabytes: 20);
        using var cancelling = new CancellationTokenSource();

        Should.Throw<OperationCanceledException>(() => DatabaseCopy.Write(Contexts, Path.Combine(Folder, "copy.db"), (_, _) => cancelling.Cancel(), cancelling.Token));

        await PostAsync("after");
        (await Server.FleetAsync()).Status.Stored.ShouldBe(1);
    }

    [Fact]
    public async Task The_newest_are_kept_and_what_did_not_become_whole_is_deleted()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "backups")).FullName;
        string[] old = [.. Enumerable.Range(1, 9).Select(day => BackupFolder.Name(Noon.AddDays(-day)))];
        foreach (var name in old)
            await File.WriteAllTextAsync(Path.Combine(folder, name), "old", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, old[0] + ".partial"), "torn", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "vibedash-mine.db"), "somebody's own", TestContext.Current.CancellationToken);

        var status = await BackUpAsync();

        status.Files.Select(file => file.Name).ShouldBe([status.Run!.Name, .. old.Take(6)]);
        status.Run.By.ShouldBe("Ada");
        Directory.EnumerateFiles(folder).Select(Path.GetFileName).ShouldBe([status.Run.Name, .. old.Take(6), "vibedash-mine.db"], ignoreOrder: true);
        status.Files[0].Bytes.ShouldBe(status.Run.TotalBytes);
    }

    [Fact]
    public async Task There_is_one_at_a_time_and_it_can_be_cancelled()
    {
        using var held = new HeldContexts(Contexts);
        var runs = ActivatorUtilities.CreateInstance<BackupRuns>(Server.Services, held);
        var first = runs.Start(new("Ada"));
        first.Value!.By.ShouldBe("Ada");

        var second = runs.Start(new("Bob"));
        (runs.Latest, second.Refusal).ShouldBe((first.Value, Refusal.Of(RefusalCode.BackupUnderWay)));
        runs.Cancel(new("Bob")).ShouldBeTrue();
        held.Release();
        await Eventually.TrueAsync(() => Task.FromResult(runs.Latest!.EndedAt is not null), "it has ended");

        runs.Latest!.Fault.ShouldBe(RunFault.Of(RunFaultCode.Cancelled));
        runs.Cancel(new("Bob")).ShouldBeFalse();
        runs.Status().Files.ShouldBeEmpty();
        Directory.EnumerateFiles(runs.Status().Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_disk_without_room_refuses_it()
    {
        await using var disk = await SmallDisk.MountAsync("64m");
        await StopServerAsync();
        var broker = new EmbeddedTestBroker();
        await using var server = await TestServer.StartAsync(Folder, broker, ("Backup:Folder", Path.Combine(disk.Folder, "backups")));

        using var response = await server.Http.PostAsync("api/v1/backups", null, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.InsufficientStorage);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("There is not enough room");
        (await server.GetAsync<BackupStatus>("api/v1/backups"))!.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_reader_that_does_not_read()
    {
        await GrowAsync(megabytes: 20);
        using (await Server.Http.PostAsync("api/v1/backups", null, TestContext.Current.CancellationToken))
        {
        }

        var file = await Eventually.GetAsync(async () => (await Server.GetAsync<BackupStatus>("api/v1/backups"))!.Files.FirstOrDefault(), "a backup");
        using var reader = new TcpClient { ReceiveBufferSize = 4096 };
        await reader.ConnectAsync("127.0.0.1", Server.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
        var stream = reader.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /api/v1/backups/{file.Name} HTTP/1.1\r\nHost: localhost\r\n\r\n"), TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[16], TestContext.Current.CancellationToken);

        var watch = Stopwatch.StartNew();
        await StopServerAsync();

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("..%2Fvibedash.db")]
    [InlineData("vibedash-20260301T120000000Z.db")]
    [InlineData("vibedash.db")]
    public async Task Only_backups_are_given_away(string name)
    {
        using var response = await Server.Http.GetAsync($"api/v1/backups/{name}", TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private static long Count(string path, string table)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var count = connection.CreateCommand();
        count.CommandText = $"SELECT count(*) FROM {table}";
        return (long)count.ExecuteScalar()!;
    }

    private async Task<BackupStatus> BackUpAsync()
    {
        using var begun = await Server.Http.PostAsync("api/v1/backups", null, TestContext.Current.CancellationToken);
        begun.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return await Eventually.GetAsync(
            async () => await Server.GetAsync<BackupStatus>("api/v1/backups") is { Run: { EndedAt: not null, Fault: null } } status ? status : null, "the backup is whole");
    }

    private Task PostAsync(string eventId) => Server.PostEventsAsync(TestSensor.Event(4, Noon, eventId: eventId));

    // Most of the data, in the fastest way to write it.
    private async Task GrowAsync(int megabytes)
    {
        await using var context = await Contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);
        context.DeadLetters.AddRange(Enumerable.Range(0, megabytes * 16).Select(_ => new DeadLetterRow
        {
            ReceivedAt = TimeProvider.System.GetUtcNow(), Topic = "x", Reason = RejectionReason.MalformedJson, Detail = "x", Payload = new byte[64 * 1024], PayloadBytes = 64 * 1024, IsWhole = true,
        }));
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Returns a context to query the size of the database, and the next one, which copies it, only when released.</summary>
    private sealed class HeldContexts(IDbContextFactory<VibeDashContext> contexts) : IDbContextFactory<VibeDashContext>, IDisposable
    {
        private readonly ManualResetEventSlim _released = new();
        private int _asked;

        public void Release() => _released.Set();

        public VibeDashContext CreateDbContext()
        {
            if (Interlocked.Increment(ref _asked) > 1)
                _released.Wait(TestContext.Current.CancellationToken);
            return contexts.CreateDbContext();
        }

        public void Dispose() => _released.Dispose();
    }
}
