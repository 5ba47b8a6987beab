using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Faults;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>
/// A database as the migrations leave it, made once per run: half of what a start in this process takes is the way through them. Server processes, and
/// starts on disks of their own, still create theirs. Thread-safe.
/// </summary>
internal static class EmptyDatabase
{
    private static readonly Lazy<byte[]> Content = new(Create);

    /// <summary>Puts it into a folder without content; any other is left as it is.</summary>
    public static void PutInto(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            File.WriteAllBytes(Path.Combine(folder, "vibedash.db"), Content.Value);
    }

    private static byte[] Create()
    {
        using var folder = new DatabaseFolder();
        using (Database.Prepare(folder, new StorageOptions { Folder = folder.Folder }, TimeProvider.System))
        using (var context = folder.CreateDbContext())
        {
            // Each start adds the default rules itself, at the time of its clock.
            context.AlertRules.RemoveRange(context.AlertRules);
            context.SaveChanges();
        }

        return File.ReadAllBytes(folder.File);
    }
}
