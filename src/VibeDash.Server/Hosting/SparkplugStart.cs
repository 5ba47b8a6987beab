using VibeDash.Core.Sparkplug;
using VibeDash.Server.Live;
using VibeDash.Server.Mqtt;
using VibeDash.Server.Sources.Sparkplug;

namespace VibeDash.Server.Hosting;

/// <summary>Requests a rebirth from the edge nodes of all known sensors at start-up: the metric definitions are kept in memory only.</summary>
internal sealed class SparkplugStart(BrokerConnections connections, LiveState live, TimeProvider time) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        SparkplugSource[] hosts = [.. connections.Sources.OfType<SparkplugSource>()];
        if (hosts.Length == 0)
            return Task.CompletedTask;

        foreach (var node in live.Sources().Distinct(StringComparer.Ordinal))
        {
            if (node.Split('/') is not [SparkplugTopic.Namespace, var group, var name])
                continue;
            foreach (var host in hosts)
                host.Expect(group, name, time.GetUtcNow());
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
