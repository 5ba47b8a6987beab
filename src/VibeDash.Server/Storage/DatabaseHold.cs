using Microsoft.EntityFrameworkCore;

namespace VibeDash.Server.Storage;

/// <summary>
/// A server's hold on its database: no other server uses it meanwhile. One connection stays open for as long, as SQLite, when the last one is closed,
/// writes the log home, deletes it, and turns away whoever opens the file at that moment. Not thread-safe.
/// </summary>
internal sealed class DatabaseHold : IDisposable
{
    // Locked, and unlocked by the system when the process ends.
    private const string FileName = "vibedash.lock";

    private readonly FileStream _file;
    private VibeDashContext? _open;

    /// <param name="folder">The folder of the database.</param>
    /// <exception cref="IOException">Another server holds it.</exception>
    public DatabaseHold(string folder) =>
        _file = new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Opens the connection that stays.</summary>
    /// <returns>Its context, which is not to be disposed.</returns>
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
