using System.Globalization;
using VibeDash.Client.Live;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Audit;

/// <summary>The command record over HTTP.</summary>
internal sealed class HttpAuditApi(ApiClient api) : IAuditApi
{
    public Task<CommandEntry[]> GetCommandsAsync(CommandFilter filter, long? before = null, CancellationToken cancellationToken = default) => api.GetAsync(
        "commands?" + QueryString.Of(
            [("by", filter.By), ("name", filter.Name), ("subject", filter.Subject), ("refused", filter.IsRefused ? "true" : null), ("before", before?.ToString(CultureInfo.InvariantCulture))]),
        DashboardJson.Default.CommandEntryArray,
        cancellationToken);
}
