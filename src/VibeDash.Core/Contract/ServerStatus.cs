namespace VibeDash.Core.Contract;

/// <summary>How the server is doing. Counts are since its start.</summary>
/// <param name="Version">Version of the server.</param>
/// <param name="Broker">State of the broker connection; of several, the worst.</param>
/// <param name="BrokerAddress">Broker address as <c>host:port</c>; several are separated by commas.</param>
/// <param name="BrokerDetail">Why it is not connected, in one sentence, or null; of several brokers, those that are not connected, each with its name.</param>
/// <param name="EmbeddedBroker">True when the only broker is the server's own.</param>
/// <param name="PublishExample">A <c>mosquitto_pub</c> line that sends the first reading.</param>
/// <param name="Stored">Readings stored.</param>
/// <param name="Duplicates">Events received again and not stored again.</param>
/// <param name="Late">Readings older than what their sensor had already shown: stored, not evaluated.</param>
/// <param name="Rejected">Messages put to the dead letters.</param>
/// <param name="StorageFault">Why the last attempt to store failed, in one sentence; null when it succeeded.</param>
/// <param name="DeadLetters">Dead letters that are kept now.</param>
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
    /// <summary>Since when there is a flood of alerts; null when there is none: <see cref="Alerts.AlertFlood"/>.</summary>
    public DateTimeOffset? FloodSince { get; init; }

    /// <summary>For how many hours an alert may be shelved at most.</summary>
    public double MaximumShelvingHours { get; init; } = 8;

    /// <summary>How many brokers are configured.</summary>
    public int Brokers { get; init; } = 1;

    /// <summary>How far the server is with events that waited; null while it shows the present.</summary>
    public BacklogStatus? Backlog { get; init; }

    /// <summary>Number of messages and commands since the start that the server could not process because of a fault of its own.</summary>
    public long ProcessingFaults { get; init; }

    /// <summary>Message of the last of those faults, or null.</summary>
    public string? LastProcessingFault { get; init; }
}
