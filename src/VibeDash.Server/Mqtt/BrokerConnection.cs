using VibeDash.Core.Contract;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt;

/// <summary>A configured broker, its sources, and how the server stands with it. Thread-safe.</summary>
internal sealed class BrokerConnection(BrokerOptions options, TopicSources sources, TimeProvider time)
{
    private readonly Lock _lock = new();
    private BrokerState _state;
    private string? _detail;
    private DateTimeOffset _since = time.GetUtcNow();
    private NegotiatedConnection? _negotiated;
    private string[] _warnings = [];
    private long _connections;
    private long _messages;
    private int _clients;

    /// <summary>How to reach it.</summary>
    public BrokerOptions Options => options;

    /// <summary>The sources it is asked for.</summary>
    public TopicSources Sources => sources;

    /// <summary>Address as <c>host:port</c>; the embedded broker sets its own when it knows its port.</summary>
    public string Address { get; set; } = options.IsEmbedded ? $"{options.ListenAddress}:{options.Port}" : $"{options.Host}:{options.Port}";

    /// <summary>Since when it has been connected without a break; null while it is not.</summary>
    public DateTimeOffset? ConnectedSince
    {
        get
        {
            lock (_lock)
                return _state == BrokerState.Connected ? _since : null;
        }
    }

    /// <summary>Connected and subscribed.</summary>
    /// <returns>What of it a person should know.</returns>
    public IReadOnlyList<string> Connected(NegotiatedConnection negotiated)
    {
        lock (_lock)
        {
            var sessionLost = _connections > 0 && !negotiated.SessionPresent && negotiated.SessionExpiryAsked != 0;
            _negotiated = negotiated;
            _warnings = [.. Negotiation.Warnings(options, sources, negotiated, sessionLost)];
            _connections++;
            Become(BrokerState.Connected, null);
            return _warnings;
        }
    }

    /// <summary>The embedded broker listens.</summary>
    public void Listening()
    {
        lock (_lock)
            Become(BrokerState.Connected, null);
    }

    /// <summary>The connection ended, or did not come about.</summary>
    /// <param name="reason">Why, in one sentence.</param>
    public void Disconnected(string reason)
    {
        lock (_lock)
        {
            (_negotiated, _warnings) = (null, []);
            Become(BrokerState.Disconnected, reason);
        }
    }

    /// <summary>Counts a message.</summary>
    public void Received() => Interlocked.Increment(ref _messages);

    /// <summary>Counts the clients of the embedded broker.</summary>
    /// <param name="change">1 for one more, -1 for one less.</param>
    public void ClientsChanged(int change) => Interlocked.Add(ref _clients, change);

    /// <summary>As it is shown.</summary>
    public ConnectionStatus Status()
    {
        lock (_lock)
        {
            return new(options.Name, Address, options.IsEmbedded, _state, _detail, _since, Interlocked.Read(ref _messages), Math.Max(0, _connections - 1))
            {
                Negotiated = _negotiated,
                Clients = options.IsEmbedded ? Volatile.Read(ref _clients) : null,
                Warnings = _warnings,
            };
        }
    }

    private void Become(BrokerState state, string? detail)
    {
        if (state != _state)
            _since = time.GetUtcNow();
        (_state, _detail) = (state, detail);
    }
}
