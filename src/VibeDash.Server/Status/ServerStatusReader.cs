using Microsoft.Extensions.Options;
using VibeDash.Core.Contract;
using VibeDash.Server.Mqtt;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Refusals;

namespace VibeDash.Server.Status;

/// <summary>State of the server: brokers, event loop, requests, limits. Thread-safe.</summary>
internal sealed class ServerStatusReader(BrokerConnections brokers, PipelineStatus pipeline, RequestFaults requests, IOptions<AlertOptions> alerts)
{
    /// <summary>Version of the server.</summary>
    public static string Version { get; } = typeof(ServerStatusReader).Assembly.GetName().Version!.ToString(3);

    /// <summary>The state now.</summary>
    public ServerStatus Read()
    {
        var (state, address, detail) = brokers.Summary();
        var embedded = brokers.All.All(broker => broker.Options.IsEmbedded);
        var counters = pipeline.Read();
        var (requestFaults, lastRequestFault) = requests.Read();
        return new(
            Version, state, address, detail, embedded, brokers.PublishExample(), counters.Stored, counters.Duplicates, counters.Late, counters.Rejected,
            counters.StorageFault, counters.DeadLetters)
        {
            FloodSince = counters.FloodSince,
            Brokers = brokers.All.Count,
            Backlog = counters.Backlog,
            MaximumShelvingHours = alerts.Value.MaximumShelvingHours,
            ProcessingFaults = counters.Faults,
            LastProcessingFault = counters.LastFault,
            RequestFaults = requestFaults,
            LastRequestFault = lastRequestFault,
        };
    }
}
