using Microsoft.Extensions.Options;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Mqtt;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Status;

/// <summary>What the server says about itself. Thread-safe.</summary>
internal sealed class ServerHealth(BrokerConnections brokers, CatchingUp catchingUp, IOptions<AlertOptions> alerts, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly AlertFlood _flood = new();
    private string? _storageFault;
    private int _deadLetters;
    private long _stored, _duplicates, _late, _rejected;

    /// <summary>Version of the server.</summary>
    public static string Version { get; } = typeof(ServerHealth).Assembly.GetName().Version!.ToString(3);

    /// <summary>Why the last attempt to store failed, or null when it succeeded.</summary>
    public void SetStorageFault(string? fault)
    {
        lock (_lock)
            _storageFault = fault;
    }

    /// <summary>How many dead letters are kept.</summary>
    public void SetDeadLetters(int count)
    {
        lock (_lock)
            _deadLetters = count;
    }

    /// <summary>Counts a commit.</summary>
    public void Count(Commit commit)
    {
        catchingUp.Observe(commit);
        var raised = commit.Journal.Count(change => change.Transition is { Trigger: AlertTrigger.Raised, To: AlertState.Unacknowledged, From: AlertState.Normal });
        lock (_lock)
        {
            _flood.Observe(raised, time.GetUtcNow());
            _stored += commit.Stored;
            _duplicates += commit.Duplicates;
            _late += commit.Late;
            _rejected += commit.Rejected;
        }
    }

    /// <summary>Why the last attempt to store failed, or null.</summary>
    public string? StorageFault
    {
        get
        {
            lock (_lock)
                return _storageFault;
        }
    }

    /// <summary>The state as it is shown.</summary>
    public ServerStatus Status()
    {
        var (state, address, detail) = brokers.Summary();
        var embedded = brokers.All.All(broker => broker.Options.IsEmbedded);
        lock (_lock)
        {
            return new(Version, state, address, detail, embedded, brokers.PublishExample(), _stored, _duplicates, _late, _rejected, _storageFault, _deadLetters)
            {
                FloodSince = _flood.Since,
                Brokers = brokers.All.Count,
                CatchingUp = catchingUp.Now,
                LongestShelvingHours = alerts.Value.LongestShelvingHours,
            };
        }
    }
}
