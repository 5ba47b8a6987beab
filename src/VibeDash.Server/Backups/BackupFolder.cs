using System.Globalization;
using Microsoft.Extensions.Options;
using VibeDash.Core.Contract;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Backups;

/// <summary>The files of the backups. One that is being written has another ending, so that what has the right one is whole. Thread-safe.</summary>
internal sealed class BackupFolder(IOptions<BackupOptions> options, IOptions<StorageOptions> storage)
{
    /// <summary>Room that a backup leaves on its disk, in bytes.</summary>
    public const long Reserve = 256L * 1024 * 1024;

    private const string Prefix = "vibedash-";
    private const string Ending = ".db";
    private const string PartialEnding = ".partial";
    private const string NameFormat = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(
        options.Value.Folder.Length > 0 ? options.Value.Folder : System.IO.Path.Combine(storage.Value.Folder, "backups"));

    /// <summary>Room left on its disk, in bytes.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it.</exception>
    public long FreeBytes => new DriveInfo(Directory.CreateDirectory(Path).FullName).AvailableFreeSpace;

    /// <summary>The backups, newest first.</summary>
    public BackupFile[] Files() => !Directory.Exists(Path) ? [] :
    [
        .. from file in new DirectoryInfo(Path).EnumerateFiles($"{Prefix}*{Ending}")
           let at = Time(file.Name)
           // One may be deleted meanwhile; what was seen here stays known.
           where at is not null && file.Exists
           orderby at descending
           select new BackupFile(file.Name, file.Length, at.Value),
    ];

    /// <summary>Name of a backup that begins now.</summary>
    public static string Name(DateTimeOffset at) => Prefix + at.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture) + Ending;

    /// <summary>Where a backup is written until it is whole.</summary>
    public string Partial(string name) => System.IO.Path.Combine(Path, name + PartialEnding);

    /// <summary>Full path of a backup that there is, or null.</summary>
    public string? Find(string name) => Files().Any(file => file.Name == name) ? System.IO.Path.Combine(Path, name) : null;

    /// <summary>Makes a backup that is whole one of those that are kept, and deletes the oldest that are too many.</summary>
    public void Keep(string name)
    {
        File.Move(Partial(name), System.IO.Path.Combine(Path, name));
        foreach (var old in Files().Skip(options.Value.Keep))
            File.Delete(System.IO.Path.Combine(Path, old.Name));
    }

    /// <summary>Deletes what earlier backups left that did not become whole.</summary>
    public void DeletePartials()
    {
        foreach (var left in Directory.EnumerateFiles(Path, $"{Prefix}*{Ending}{PartialEnding}*"))
            File.Delete(left);
    }

    private static DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParseExact(name[Prefix.Length..^Ending.Length], NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
