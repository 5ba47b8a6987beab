using VibeDash.Core.Live;
using VibeDash.Server.Ingestion;

namespace VibeDash.Server.Operations;

/// <summary>What the server says about itself. Thread-safe.</summary>
internal sealed class ServerHealth(CatchingUp catchingUp)
{
    private readonly Lock _lock = new();
    private BrokerState _broker;
    private string? _brokerDetail;
    private string? _storageFault;
    private long _stored, _duplicates, _late, _rejected;

    /// <summary>Version of the server.</summary>
    public static string Version { get; } = typeof(ServerHealth).Assembly.GetName().Version!.ToString(3);

    /// <summary>Broker address as <c>host:port</c>; set once at start.</summary>
    public string BrokerAddress { get; set; } = "";

    /// <summary>True when the broker is the server's own; set once at start.</summary>
    public bool EmbeddedBroker { get; set; }

    /// <summary>A line that sends the first reading; set once at start.</summary>
    public string PublishExample { get; set; } = "";

    /// <summary>State of the broker connection.</summary>
    /// <param name="state">The state.</param>
    /// <param name="detail">Why it is not connected, or null.</param>
    public void SetBroker(BrokerState state, string? detail = null)
    {
        lock (_lock)
            (_broker, _brokerDetail) = (state, detail);
    }

    /// <summary>Why the last attempt to store failed, or null when it succeeded.</summary>
    public void SetStorageFault(string? fault)
    {
        lock (_lock)
            _storageFault = fault;
    }

    /// <summary>Counts a commit.</summary>
    public void Count(Commit commit)
    {
        catchingUp.Observe(commit);
        lock (_lock)
        {
            _stored += commit.Stored;
            _duplicates += commit.Duplicates;
            _late += commit.Late;
            _rejected += commit.Rejected;
        }
    }

    /// <summary>The state as it is shown.</summary>
    public ServerStatus Status()
    {
        lock (_lock)
            return new(Version, _broker, BrokerAddress, _brokerDetail, EmbeddedBroker, PublishExample, _stored, _duplicates, _late, _rejected, _storageFault)
            {
                CatchingUp = catchingUp.Now,
            };
    }
}
