using VibeDash.Client.Alerts;
using VibeDash.Client.Audit;
using VibeDash.Client.Backups;
using VibeDash.Client.Connections;
using VibeDash.Client.DeadLetters;
using VibeDash.Client.Live;
using VibeDash.Client.Notes;
using VibeDash.Client.People;
using VibeDash.Client.Rules;
using VibeDash.Client.Sensors;
using VibeDash.Client.Trends;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Shell;

/// <summary>Registers the API of every feature as the browser reaches it: over HTTP.</summary>
public static class HttpApis
{
    /// <summary>Adds the APIs. The caller adds <see cref="HttpClient"/> with the site as its base address.</summary>
    public static IServiceCollection AddHttpApis(this IServiceCollection services) => services
        .AddScoped<ApiClient>()
        .AddScoped<ISensorApi, HttpSensorApi>()
        .AddScoped<IHistoryApi, HttpHistoryApi>()
        .AddScoped<IAlertApi, HttpAlertApi>()
        .AddScoped<IRuleApi, HttpRuleApi>()
        .AddScoped<INoteApi, HttpNoteApi>()
        .AddScoped<IBackupApi, HttpBackupApi>()
        .AddScoped<IConnectionApi, HttpConnectionApi>()
        .AddScoped<IDeadLetterApi, HttpDeadLetterApi>()
        .AddScoped<IPersonApi, HttpPersonApi>()
        .AddScoped<IAuditApi, HttpAuditApi>();
}
