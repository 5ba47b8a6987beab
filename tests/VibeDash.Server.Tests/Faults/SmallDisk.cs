namespace VibeDash.Server.Tests.Faults;

/// <summary>A file system in memory whose size can be changed.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static async Task<SmallDisk> MountAsync(string size)
    {
        var folder = Directory.CreateTempSubdirectory("vibedash-disk-").FullName;
        try
        {
            await SystemCommand.RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder);
        }
        catch
        {
            Directory.Delete(folder);
            throw;
        }

        return new(folder);
    }

    /// <summary>Changes the size, or any other option.</summary>
    public Task RemountAsync(string options) => SystemCommand.RunAsync("mount", "-o", $"remount,{options}", Folder);

    /// <summary>Fills it to the last byte.</summary>
    public async Task FillAsync()
    {
        try
        {
            await using var filler = new FileStream(Path.Combine(Folder, "filler"), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
                await filler.WriteAsync(new byte[4096]);
        }
        catch (IOException)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await SystemCommand.TryAsync("umount", "--lazy", Folder);
        Directory.Delete(Folder, recursive: true);
    }
}
