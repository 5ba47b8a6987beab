using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.People;
using VibeDash.Server.Tests.Faults;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>
/// The databases as the migrations leave them, made once per run: half of what a start in this process takes is the way through them. Server processes, and
/// starts on disks of their own, still create theirs. Thread-safe.
/// </summary>
internal static class EmptyDatabase
{
    private static readonly Lazy<byte[]> Content = new(Create), PeopleContent = new(CreatePeople);

    /// <summary>Puts it into a folder without content; any other is left as it is.</summary>
    public static void PutInto(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            File.WriteAllBytes(Path.Combine(folder, "vibedash.db"), Content.Value);
            File.WriteAllBytes(Path.Combine(folder, "people.db"), PeopleContent.Value);
        }
    }

    private static byte[] CreatePeople()
    {
        var folder = Directory.CreateTempSubdirectory("vibedash-test-").FullName;
        var services = new ServiceCollection().AddPeopleDatabase().Configure<StorageOptions>(storage => storage.Folder = folder);
        using (var provider = services.BuildServiceProvider())
        {
            var contexts = provider.GetRequiredService<IDbContextFactory<PeopleContext>>();
            PeopleDatabase.Prepare(contexts, new() { Folder = folder });

            // All of it in the file, not in the log beside it.
            using var context = contexts.CreateDbContext();
            context.Database.ExecuteSqlRaw("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        var content = File.ReadAllBytes(Path.Combine(folder, "people.db"));
        Directory.Delete(folder, recursive: true);
        return content;
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
