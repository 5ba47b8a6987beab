using Microsoft.EntityFrameworkCore;

namespace VibeDash.Server.Storage;

/// <summary>
/// Exclusive use of the database by one server. One connection stays open throughout: closing the last connection makes SQLite checkpoint and
/// delete the log, and opening the file at that moment fails. Not thread-safe.
/// </summary>
internal sealed class DatabaseHold : IDisposable
{
    // The operating system releases the lock when the process ends.
    private const string FileName = "vibedash.lock";

    private readonly FileStream _file;
    private VibeDashContext? _open;

    /// <param name="folder">The folder of the database.</param>
    /// <exception cref="IOException">Another server holds it.</exception>
    public DatabaseHold(string folder) =>
        _file = PrivateFiles.Open(Path.Combine(folder, FileName));

    /// <summary>Opens the permanent connection.</summary>
    /// <returns>Its context; do not dispose it.</returns>
    public VibeDashContext Open(IDbContextFactory<VibeDashContext> contexts)
    {
        _open = contexts.CreateDbContext();
        _open.Database.OpenConnection();
        return _open;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _open?.Dispose();
        _file.Dispose();
    }
}
