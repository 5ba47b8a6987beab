using VibeDash.Core.Contract;
using VibeDash.Core.Payloads;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt;

/// <summary>The configured brokers and sources, in order of configuration. Thread-safe.</summary>
internal sealed class BrokerConnections(IReadOnlyList<BrokerOptions> brokers, IReadOnlyList<TopicSource> sources, TimeProvider time)
{
    private readonly BrokerConnection[] _all = [.. brokers.Select(broker => new BrokerConnection(broker, TopicSources.Of(broker.ToSourceBroker(), sources), time))];

    /// <summary>All brokers; at least one.</summary>
    public IReadOnlyList<BrokerConnection> All => _all;

    /// <summary>All sources.</summary>
    public IReadOnlyList<TopicSource> Sources => sources;

    /// <summary>True when a source reports machine states.</summary>
    public bool ReportMachineStates => sources.Any(source => source.Profile is MachineStateProfile);

    /// <summary>The embedded broker, or null.</summary>
    public BrokerConnection? Embedded => _all.FirstOrDefault(broker => broker.Options.IsEmbedded);

    /// <summary>Summary of all brokers: the worst state, with the reasons of those not connected.</summary>
    public (BrokerState State, string Address, string? Detail) Summary()
    {
        var states = _all.Select(broker => (Broker: broker, Now: broker.Now)).ToArray();
        var worst = states.MaxBy(state => state.Now.State switch
        {
            BrokerState.Connected => 0,
            BrokerState.Connecting => 1,
            _ => 2,
        });
        var details = states.Where(state => state.Now.Detail is not null)
            .Select(state => states.Length == 1 ? state.Now.Detail! : $"{state.Broker.Options.Name} ({state.Broker.Address}): {state.Now.Detail}").ToArray();
        return (worst.Now.State, string.Join(", ", _all.Select(broker => broker.Address)), details.Length == 0 ? null : string.Join(" ", details));
    }

    /// <summary>A command line that sends a first reading, to the embedded broker if there is one, else to the first broker.</summary>
    public string PublishExample() => Mqtt.PublishExample.For(Embedded ?? _all[0]);
}
