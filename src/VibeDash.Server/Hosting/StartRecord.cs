using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VibeDash.Core.Contract;
using VibeDash.Server.Backups;
using VibeDash.Server.Mqtt;
using VibeDash.Server.People;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Sources;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.People;
using VibeDash.Server.Web;

namespace VibeDash.Server.Hosting;

/// <summary>
/// Records changes made while the server was stopped: settings that differ from those of the last start, which a file keeps, and a first person added on the
/// command line. Secrets are neither kept nor compared.
/// </summary>
internal sealed partial class StartRecord(
    IConfiguration configuration,
    IOptions<StorageOptions> storage,
    IDbContextFactory<VibeDashContext> contexts,
    IDbContextFactory<PeopleContext> people,
    EventQueue queue,
    TimeProvider time,
    ILogger<StartRecord> logger) : BackgroundService
{
    /// <summary>Name of the file with the settings of the last start.</summary>
    public const string FileName = "vibedash-settings.json";

    private static readonly string[] Sections =
    [
        BrokerOptions.Section, BrokerReader.Section, SourceReader.Section, StorageOptions.Section, HistoryOptions.Section, BackupOptions.Section, AlertOptions.Section, WebOptions.Section,
        ProviderOptions.Section, "AllowedHosts",
    ];

    private string Path => System.IO.Path.Combine(storage.Value.Folder, FileName);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await CompareAsync(stoppingToken);
            await RecordFirstPersonAsync(stoppingToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFault(fault);
        }
    }

    private async Task CompareAsync(CancellationToken cancelled)
    {
        var now = Settings();
        if (Last() is { } last)
        {
            string[] changed = [.. now.Keys.Union(last.Keys).Where(key => now.GetValueOrDefault(key) != last.GetValueOrDefault(key))];
            if (changed.Length == 0)
                return;
            await RecordAsync(
                new() { Actor = "", Name = "ChangeSettings", Subject = string.Join(' ', changed.Select(key => key.Split(':')[0]).Distinct()), Before = Of(last, changed), After = Of(now, changed) },
                new("configuration"), cancelled);
        }

        PrivateFiles.Replace(Path, JsonSerializer.SerializeToUtf8Bytes(now));
    }

    private async Task RecordFirstPersonAsync(CancellationToken cancelled)
    {
        await using var record = await contexts.CreateDbContextAsync(cancelled);
        await using var persons = await people.CreateDbContextAsync(cancelled);
        if (await record.Commands.AnyAsync(command => command.Name == "AddPerson", cancelled) || await persons.Users.AsNoTracking().FirstOrDefaultAsync(cancelled) is not { } first)
            return;
        await RecordAsync(new() { Actor = "", Name = "AddPerson", Subject = first.UserName, Detail = "on the command line", After = JsonSerializer.Serialize(PersonRecord.State.Of(first)) }, new("set-up"), cancelled);
    }

    private Task<Actor> RecordAsync(CommandRow row, Actor actor, CancellationToken cancelled) =>
        queue.ExecuteAsync(new RecordCommand(row, null, actor, UnixMicroseconds.Now(time)), cancelled);

    private SortedDictionary<string, string> Settings() => new(
        configuration.AsEnumerable()
            .Where(setting => setting.Value is not null && Sections.Contains(setting.Key.Split(':')[0], StringComparer.OrdinalIgnoreCase))
            .ToDictionary(setting => setting.Key, setting => IsSecret(setting.Key) ? "…" : setting.Value!, StringComparer.OrdinalIgnoreCase),
        StringComparer.OrdinalIgnoreCase);

    private SortedDictionary<string, string>? Last()
    {
        try
        {
            return File.Exists(Path) ? new(JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(Path))!, StringComparer.OrdinalIgnoreCase) : null;
        }
        catch (JsonException)
        {
            // Somebody has edited it: all settings of now are the news.
            return [];
        }
    }

    private static string Of(SortedDictionary<string, string> settings, string[] keys) =>
        JsonSerializer.Serialize(settings.Where(setting => keys.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary());

    private static bool IsSecret(string key) =>
        key.EndsWith("Password", StringComparison.OrdinalIgnoreCase) || key.EndsWith("Secret", StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(LogLevel.Warning, "What was changed before this start is not on record yet; the next start tries again")]
    private partial void LogFault(Exception fault);
}
