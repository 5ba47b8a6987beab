using Microsoft.Extensions.Diagnostics.HealthChecks;
using VibeDash.Core.Contract;
using VibeDash.Server.Status;

namespace VibeDash.Server.Hosting;

/// <summary>Unhealthy while nothing can be stored; degraded while there is no broker.</summary>
internal sealed class StateHealthCheck(ServerHealth health) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = health.Status();
        return Task.FromResult(
            status.StorageFault is { } fault ? HealthCheckResult.Unhealthy($"Nothing can be stored: {fault}")
            : status.Broker != BrokerState.Connected ? HealthCheckResult.Degraded(status.Brokers == 1
                ? $"No broker at {status.BrokerAddress}: {status.BrokerDetail ?? "connecting"}"
                : $"Not all brokers are connected: {status.BrokerDetail ?? "connecting"}")
            : HealthCheckResult.Healthy());
    }
}
