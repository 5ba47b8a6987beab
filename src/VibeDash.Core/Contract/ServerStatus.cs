namespace VibeDash.Core.Contract;

/// <summary>State of the server. Counts are since it started.</summary>
/// <param name="Version">Version of the server.</param>
/// <param name="Broker">State of the broker connection; with several brokers, the worst.</param>
/// <param name="BrokerAddress">Broker address as <c>host:port</c>; several are separated by commas.</param>
/// <param name="BrokerDetail">Why there is no connection, in one sentence, or null; with several brokers, those not connected, each with its name.</param>
/// <param name="EmbeddedBroker">True when the only broker is the embedded one.</param>
/// <param name="PublishExample">A <c>mosquitto_pub</c> line that sends the first reading.</param>
/// <param name="Stored">Readings stored.</param>
/// <param name="Duplicates">Repeated events, not stored again.</param>
/// <param name="Late">Readings older than the latest of their sensor: stored, not evaluated.</param>
/// <param name="Rejected">Messages that became dead letters.</param>
/// <param name="StorageFault">Why the last write to storage failed, in one sentence; null when it succeeded.</param>
/// <param name="DeadLetters">Number of dead letters currently kept.</param>
public sealed record ServerStatus(
    string Version,
    BrokerState Broker,
    string BrokerAddress,
    string? BrokerDetail,
    bool EmbeddedBroker,
    string PublishExample,
    long Stored,
    long Duplicates,
    long Late,
    long Rejected,
    string? StorageFault,
    int DeadLetters)
{
    /// <summary>Start of the current alert flood; null when there is none: <see cref="Alerts.AlertFlood"/>.</summary>
    public DateTimeOffset? FloodSince { get; init; }

    /// <summary>Maximum duration of a shelving, in hours.</summary>
    public double MaximumShelvingHours { get; init; } = 8;

    /// <summary>Number of configured brokers.</summary>
    public int Brokers { get; init; } = 1;

    /// <summary>Progress through a backlog; null while the dashboard shows the present.</summary>
    public BacklogStatus? Backlog { get; init; }

    /// <summary>Number of messages and commands not processed because of a fault of the server.</summary>
    public long ProcessingFaults { get; init; }

    /// <summary>Message of the last of those faults, or null.</summary>
    public string? LastProcessingFault { get; init; }

    /// <summary>Number of requests answered with 500 in the last five minutes, because of a fault of the server.</summary>
    public int RequestFaults { get; init; }

    /// <summary>Message of the last of those faults, or null.</summary>
    public string? LastRequestFault { get; init; }

    /// <summary>The same for who is limited to places: without counts of messages of the whole plant, and without texts that may name a sensor.</summary>
    public ServerStatus AtPlaces() => this with
    {
        Stored = 0, Duplicates = 0, Late = 0, Rejected = 0, DeadLetters = 0, PublishExample = "", BrokerAddress = "", FloodSince = null, LastProcessingFault = null, LastRequestFault = null,
    };
}
