using Microsoft.Extensions.Diagnostics.HealthChecks;
using VibeDash.Core.Contract;
using VibeDash.Server.Status;

namespace VibeDash.Server.Hosting;

/// <summary>
/// Unhealthy while nothing can be stored; degraded while a broker is not connected, after a processing fault of a message or command,
/// and for five minutes after a request was answered with 500.
/// </summary>
internal sealed class StateHealthCheck(ServerStatusReader reader) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = reader.Read();
        return Task.FromResult(
            status.StorageFault is { } fault ? HealthCheckResult.Unhealthy($"Nothing can be stored: {fault}")
            : status.Broker != BrokerState.Connected ? HealthCheckResult.Degraded(status.Brokers == 1
                ? $"No broker at {status.BrokerAddress}: {status.BrokerDetail ?? "connecting"}"
                : $"Not all brokers are connected: {status.BrokerDetail ?? "connecting"}")
            : status.RequestFaults > 0 ? HealthCheckResult.Degraded(
                $"{status.RequestFaults} requests could not be answered in the last 5 minutes; last fault: {status.LastRequestFault}")
            : status.ProcessingFaults > 0 ? HealthCheckResult.Degraded(
                $"{status.ProcessingFaults} messages or commands could not be processed since the start; last fault: {status.LastProcessingFault}")
            : HealthCheckResult.Healthy());
    }
}
