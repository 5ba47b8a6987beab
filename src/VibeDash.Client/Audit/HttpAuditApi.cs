using VibeDash.Client.Live;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Audit;

/// <summary>The command record over HTTP.</summary>
internal sealed class HttpAuditApi(ApiClient api) : IAuditApi
{
    public Task<CommandEntry[]> GetCommandsAsync(CommandFilter filter, long? before = null, CancellationToken cancellationToken = default) =>
        api.GetAsync($"commands?{CommandQueryString.Of(filter, before)}", DashboardJson.Default.CommandEntryArray, cancellationToken);
}
