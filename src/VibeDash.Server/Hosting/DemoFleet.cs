using System.Net;
using Microsoft.Extensions.Options;
using VibeDash.Server.Mqtt;
using VibeDash.Simulator.Sending;

namespace VibeDash.Server.Hosting;

/// <summary>A simulated fleet that sends over MQTT like any sensor, for those who want to look before they connect one.</summary>
internal sealed partial class DemoFleet(BrokerConnections brokers, IOptions<DemoOptions> options, TimeProvider time, ILogger<DemoFleet> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
            return;
        if (brokers.Embedded is not { } embedded)
        {
            LogNotHere();
            return;
        }

        var broker = IPEndPoint.Parse(embedded.Address);
        var address = broker.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : broker.Address;
        LogStarted();
        await FleetSimulator.RunAsync(SimulatorOptions.Demo(new BrokerAddress(address.ToString(), broker.Port)), time, TextWriter.Null, stoppingToken);
    }

    [LoggerMessage(LogLevel.Information, "A simulated fleet is sending; Demo:Enabled=false turns it off")]
    private partial void LogStarted();

    [LoggerMessage(LogLevel.Warning, "Demo:Enabled has no effect with a broker of your own: simulated readings do not belong there")]
    private partial void LogNotHere();
}
