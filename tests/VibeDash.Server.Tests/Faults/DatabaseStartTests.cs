using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace VibeDash.Server.Tests.Faults;

/// <summary>Start with an unusable database: refused with one line that names the remedy, and no file is changed.</summary>
public sealed class DatabaseStartTests : IDisposable
{
    private const int PageSize = 4096;
    private const int FrameSize = PageSize + 24;

    private readonly DatabaseFolder _database = new();

    [Fact]
    public void One_made_by_another_version_is_refused_and_left_as_it_is()
    {
        _database.Start();
        using (var context = _database.CreateDbContext())
            context.Database.ExecuteSql($"INSERT INTO __EFMigrationsHistory (MigrationId, ProductVersion) VALUES ('20990101000000_Later', '99')");
        _database.WriteLogHome();
        var before = System.IO.File.ReadAllBytes(_database.File);

        _database.Refused().ShouldBe(
            "The database was made by another version of VibeDash: it has the migration 20990101000000_Later. Start that version, or move the database away.");

        System.IO.File.ReadAllBytes(_database.File).ShouldBe(before);
    }

    [Fact]
    public void A_destroyed_header_is_refused() => IsRefusedAsDamaged(() => DatabaseFolder.Destroy(_database.File, 0, 100));

    [Fact]
    public void A_page_overwritten_in_the_middle_is_refused() =>
        IsRefusedAsDamaged(() => DatabaseFolder.Destroy(_database.File, new FileInfo(_database.File).Length / 2 / PageSize * PageSize, PageSize));

    [Fact]
    public void The_look_for_damage_ends_after_a_bounded_time()
    {
        _database.Start();
        _database.Fill(20_000, 20_000);
        _database.WriteLogHome();
        DatabaseFolder.Destroy(_database.File, new FileInfo(_database.File).Length / 2 / PageSize * PageSize, PageSize);
        _database.Refused();

        // Damage this far back in a long history is found when it is read.
        _database.Start(new HastyClock());
    }

    [Fact]
    public void A_file_that_was_cut_off_is_refused() => IsRefusedAsDamaged(() =>
    {
        using var file = new FileStream(_database.File, FileMode.Open);
        file.SetLength(file.Length / 2 / PageSize * PageSize);
    });

    [Fact]
    public void A_log_whose_database_is_gone_is_refused() => IsRefusedAsDamaged(
        () =>
        {
            _database.Fill(100, 10);
            File.Delete(_database.File);
        },
        readings: 0);

    [Fact]
    public void A_log_whose_header_is_destroyed_is_refused() => IsRefusedAsDamaged(
        () =>
        {
            _database.Fill(100, 10);
            DatabaseFolder.Destroy(_database.Log, 0, 32);
        },
        readings: 0);

    [Fact]
    public void A_log_that_is_destroyed_before_its_last_commit_is_refused() => IsRefusedAsDamaged(
        () =>
        {
            _database.Fill(100, 10);
            DatabaseFolder.Destroy(_database.Log, 32 + (2 * FrameSize) + 100, 8);
        },
        readings: 0);

    [Fact]
    public void A_log_whose_last_commit_a_power_cut_tore_is_no_damage()
    {
        _database.Start();
        _database.Fill(3000, 300);
        DatabaseFolder.Destroy(_database.Log, new FileInfo(_database.Log).Length - FrameSize + 100, 8);

        _database.Start();

        _database.Readings().ShouldBe(2700);
    }

    [Fact]
    public void A_log_that_is_whole_is_no_damage_however_often_it_was_begun_anew()
    {
        _database.Start();
        for (var i = 0; i < 3; i++)
        {
            _database.Fill(3000, 300);
            using var connection = new SqliteConnection($"Data Source={_database.File};Pooling=False");
            connection.Open();
            SQLitePCL.raw.sqlite3_db_config(connection.Handle, SQLitePCL.raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(RESTART); DELETE FROM Readings";
            command.ExecuteNonQuery();
        }

        _database.Start();

        _database.Readings().ShouldBe(0);
    }

    [Fact]
    public async Task A_read_only_folder_is_refused()
    {
        await using var disk = await SmallDisk.MountAsync("16m");
        using var database = new DatabaseFolder(disk.Folder);
        database.Start();
        database.Fill(100, 10);
        var content = database.Content();
        await disk.RemountAsync("ro");

        var line = database.Refused();

        await disk.RemountAsync("rw");
        line.ShouldContain(database.File);
        line.ShouldContain("Read-only file system");
        line.ShouldNotContain("\n");
        database.Content().ShouldBe(content);
        database.Start();
        database.Readings().ShouldBe(100);
    }

    [Fact]
    public async Task On_a_full_disk_a_server_that_was_killed_starts_and_one_that_has_no_place_for_its_log_is_refused()
    {
        await using var disk = await SmallDisk.MountAsync("1m");
        using var database = new DatabaseFolder(disk.Folder);
        database.Start();
        database.Fill(100, 10);
        await disk.FillAsync();

        database.Start();
        database.Readings().ShouldBe(100);

        File.Delete(database.Log);
        File.Delete(database.File + "-shm");
        await disk.FillAsync();
        var line = database.Refused();
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        line.ShouldStartWith($"The database {database.File} cannot be used: ");
        line.ShouldContain("disk");

        await disk.RemountAsync("size=16m");
        database.Start();
        database.Readings().ShouldBe(100);
    }

    [Fact]
    public async Task A_read_only_file_is_refused()
    {
        _database.Start();
        string line;
        await using (await ImmutableFile.MakeAsync(_database.File))
            line = _database.Refused();

        line.ShouldContain(_database.File);
        line.ShouldContain("read-only");
        _database.Start();
    }

    [Fact]
    public void A_database_that_another_program_keeps_for_itself_is_refused()
    {
        _database.Start();
        using (var other = new SqliteConnection($"Data Source={_database.File};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; PRAGMA user_version = 0; COMMIT";
            command.ExecuteNonQuery();

            _database.Refused().ShouldContain("Another program keeps the database locked");
        }

        _database.Start();
    }

    [Fact]
    public void A_second_server_over_the_same_folder_is_refused()
    {
        using (_database.Hold())
            _database.Refused().ShouldContain("vibedash.lock");

        _database.Start();
    }

    [Fact]
    public void A_migration_that_was_killed_half_way_does_not_hold_up_the_next_start()
    {
        using (var connection = new SqliteConnection($"Data Source={_database.File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-03-01 12:00:00+00:00');
                """;
            command.ExecuteNonQuery();
        }

        _database.Start();

        _database.Readings().ShouldBe(0);
    }

    public void Dispose() => _database.Dispose();

    private void IsRefusedAsDamaged(Action damage, int readings = 20_000)
    {
        _database.Start();
        if (readings > 0)
            _database.Fill(readings, readings);
        _database.WriteLogHome();
        damage();
        var content = _database.Content();

        var line = _database.Refused();

        TestContext.Current.TestOutputHelper?.WriteLine(line);
        line.ShouldStartWith($"The database {_database.File} is damaged and was left as it is: ");
        line.ShouldContain("Restore a backup");
        line.ShouldNotContain("\n");
        _database.Content().ShouldBe(content);
    }

    /// <summary>A clock whose time limit has expired at each check.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => Interlocked.Add(ref _now, TimestampFrequency * 60);
    }
}
