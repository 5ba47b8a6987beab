using System.Globalization;
using Microsoft.Extensions.Options;
using VibeDash.Core.Contract;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Backups;

/// <summary>The backup files. An incomplete backup has another extension, so every file with the regular one is complete. Thread-safe.</summary>
internal sealed class BackupFolder(IOptions<BackupOptions> options, IOptions<StorageOptions> storage)
{
    /// <summary>Free space that a backup leaves on its disk, in bytes.</summary>
    public const long Reserve = 256L * 1024 * 1024;

    private const string Prefix = "vibedash-";
    private const string Ending = ".db";
    private const string PartialEnding = ".partial";
    private const string NameFormat = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>Full path of the folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(
        options.Value.Folder.Length > 0 ? options.Value.Folder : System.IO.Path.Combine(storage.Value.Folder, "backups"));

    /// <summary>Free space on the disk of the folder, in bytes.</summary>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The server has no permission to create the folder.</exception>
    public long FreeBytes => new DriveInfo(PrivateFiles.CreateFolder(Path).FullName).AvailableFreeSpace;

    /// <summary>The backups, newest first.</summary>
    public BackupFile[] Files() => !Directory.Exists(Path) ? [] :
    [
        .. from file in new DirectoryInfo(Path).EnumerateFiles($"{Prefix}*{Ending}")
           let at = Time(file.Name)
           // A file may be deleted meanwhile; the metadata read here stays available.
           where at is not null && file.Exists
           orderby at descending
           select new BackupFile(file.Name, file.Length, at.Value),
    ];

    /// <summary>File name of a backup that starts at this time.</summary>
    public static string Name(DateTimeOffset at) => Prefix + at.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture) + Ending;

    /// <summary>Path of a backup while it is written.</summary>
    public string Partial(string name) => System.IO.Path.Combine(Path, name + PartialEnding);

    /// <summary>Full path of a complete backup; null when it does not exist.</summary>
    public string? Find(string name) => Files().Any(file => file.Name == name) ? System.IO.Path.Combine(Path, name) : null;

    /// <summary>Adds a completed backup to the stored ones, and deletes the oldest beyond the maximum number.</summary>
    public void Keep(string name)
    {
        File.Move(Partial(name), System.IO.Path.Combine(Path, name));

        // An older version left them open to others. In a folder of another user they stay so: the backup is whole all the same.
        foreach (var kept in Files())
            PrivateFiles.TryClose(System.IO.Path.Combine(Path, kept.Name));
        foreach (var old in Files().Skip(options.Value.Keep))
            File.Delete(System.IO.Path.Combine(Path, old.Name));
    }

    /// <summary>Deletes the files of incomplete backups.</summary>
    public void DeletePartials()
    {
        foreach (var left in Directory.EnumerateFiles(Path, $"{Prefix}*{Ending}{PartialEnding}*"))
            File.Delete(left);
    }

    private static DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParseExact(name[Prefix.Length..^Ending.Length], NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
