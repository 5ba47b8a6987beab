using System.Runtime.Versioning;
using VibeDash.Core.Contract;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Faults;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Web;

/// <summary>Other users of the machine cannot read the files of the server.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateFileTests : IDisposable
{
    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode OpenFolder = Open | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly string _parent = Directory.CreateTempSubdirectory("vibedash-files-").FullName;

    private string Folder => Path.Combine(_parent, "data");

    [Fact]
    public async Task All_files_are_the_servers_alone_also_those_that_were_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        for (var start = 1; start <= 2; start++)
        {
            await using (var server = await WebServer.StartAsync(Folder))
            {
                using (await server.AskAsync("POST", "api/v1/backups"))
                {
                }

                await Eventually.TrueAsync(async () => (await server.GetAsync<BackupStatus>("api/v1/backups"))!.Files.Length == start, "the backup is whole");
                var modes = Directory.EnumerateFileSystemEntries(_parent, "*", SearchOption.AllDirectories)
                    .ToDictionary(path => Path.GetRelativePath(_parent, path), path => Convert.ToString((int)File.GetUnixFileMode(path), 8));

                ((string[])["data", "data/vibedash.db", "data/vibedash.db-wal", "data/vibedash.db-shm", "data/vibedash.lock", "data/people.db", "data/keys", "data/backups"]).ShouldBeSubsetOf(modes.Keys);
                modes.Where(entry => entry.Value != (entry.Key is "data" or "data/backups" or "data/keys" ? "700" : "600")).ShouldBeEmpty();
            }

            // As a version before left it.
            File.SetUnixFileMode(Folder, OpenFolder);
            File.SetUnixFileMode(Path.Combine(Folder, "backups"), OpenFolder);
            foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
                File.SetUnixFileMode(file, Open);
        }
    }

    [Fact]
    public async Task What_cannot_be_mended_is_warned_of()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        Directory.CreateDirectory(Folder, OpenFolder);
        var log = new LogLines();
        var file = Path.Combine(Folder, "vibedash.db");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(file, Open);
        await using (await ImmutableFile.MakeAsync(file))
            PrivateFiles.Mend(Folder, log);

        log.Written.ShouldHaveSingleItem().ShouldStartWith($"Warning: Other users of this machine can use {file}, and its mode cannot be changed");
    }

    [Fact]
    public void A_folder_for_everybody_is_left_alone_and_other_files_are_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        Directory.CreateDirectory(Folder, OpenFolder);
        File.SetUnixFileMode(Folder, OpenFolder | UnixFileMode.StickyBit);
        var other = Path.Combine(Folder, "other.txt");
        File.WriteAllText(other, "");
        File.SetUnixFileMode(other, Open);
        var log = new LogLines();

        PrivateFiles.Mend(Folder, log);

        log.Written.ShouldHaveSingleItem().ShouldContain(Folder);
        (File.GetUnixFileMode(Folder), File.GetUnixFileMode(other)).ShouldBe((OpenFolder | UnixFileMode.StickyBit, Open));
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
