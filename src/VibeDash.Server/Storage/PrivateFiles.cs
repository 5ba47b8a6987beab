namespace VibeDash.Server.Storage;

/// <summary>
/// Keeps the files of the server from other users of the machine: folders 0700, files 0600. On Windows they inherit the rights of their folder.
/// SQLite gives its log and shared memory the mode of the database file.
/// </summary>
internal static partial class PrivateFiles
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly string[] Subfolders = ["backups", "keys"];

    /// <summary>Creates a folder, and those above it, if it is missing.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The server has no permission to create it.</exception>
    public static DirectoryInfo CreateFolder(string path) => OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OwnFolder);

    /// <summary>Opens a file, which is created if it is missing.</summary>
    /// <exception cref="IOException">It is in use.</exception>
    /// <exception cref="UnauthorizedAccessException">The server has no permission to open it.</exception>
    public static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnFile;
        return new(path, options);
    }

    /// <summary>Writes a file anew: whole, or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The server has no permission to write it.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var next = path + ".new";
        using (var file = Open(next))
        {
            file.SetLength(0);
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    /// <summary>
    /// Takes the rights of others from the folder of the database, and from all of the server's in it that an older version or a copy has left open; logs
    /// what cannot be mended.
    /// </summary>
    public static void Mend(string folder, ILogger? logger)
    {
        string[] inner = [.. Subfolders.Select(name => Path.Combine(folder, name)).Where(Directory.Exists)];
        foreach (var path in (string[])[folder, .. inner, .. Directory.EnumerateFiles(folder, "vibedash*"), .. Directory.EnumerateFiles(folder, "people*"), .. inner.SelectMany(Directory.EnumerateFiles)])
        {
            if (!TryClose(path) && logger is not null)
                LogOpen(logger, Path.GetFullPath(path));
        }
    }

    /// <summary>Takes the rights of others from a file or folder.</summary>
    /// <returns>False when it belongs to another user.</returns>
    public static bool TryClose(string path)
    {
        if (OperatingSystem.IsWindows())
            return true;
        try
        {
            var mode = File.GetUnixFileMode(path);
            if ((mode & Others) == 0)
                return true;

            // A folder for everybody, such as /tmp, is none of the server's.
            if ((mode & UnixFileMode.StickyBit) != 0)
                return false;
            File.SetUnixFileMode(path, mode & ~Others);

            // Not every file system has modes.
            return (File.GetUnixFileMode(path) & Others) == 0;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Other users of this machine can use {Path}, and its mode cannot be changed: it belongs to somebody else. It holds all readings: give it to the user of the server, with mode 0700 for a folder and 0600 for a file")]
    private static partial void LogOpen(ILogger logger, string path);
}
