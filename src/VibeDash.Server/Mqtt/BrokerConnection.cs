using VibeDash.Core.Contract;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt;

/// <summary>A configured broker, its sources, and the state of its connection. Thread-safe.</summary>
internal sealed class BrokerConnection(BrokerOptions options, TopicSources sources, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly UnreadTopics _unread = new(sources, time);
    private BrokerState _state;
    private string? _detail;
    private DateTimeOffset _since = time.GetUtcNow();
    private NegotiatedConnection? _negotiated;
    private string[] _warnings = [];
    private long _connections;
    private long _messages;
    private int _clients;
    private string? _certificateWarning;

    /// <summary>Its configuration.</summary>
    public BrokerOptions Options => options;

    /// <summary>Sources subscribed to on this broker.</summary>
    public TopicSources Sources => sources;

    /// <summary>Address as <c>host:port</c>; the embedded broker sets it once its port is known.</summary>
    public string Address { get; set; } = options.IsEmbedded ? $"{options.ListenAddress}:{options.Port}" : $"{options.Host}:{options.Port}";

    /// <summary>Address of the embedded broker for TLS as <c>host:port</c>, once it is known; null without one.</summary>
    public string? TlsAddress { get; set; }

    /// <summary>What people should know about the certificate of the embedded broker, in one sentence; null for nothing.</summary>
    public string? CertificateWarning
    {
        get => Volatile.Read(ref _certificateWarning);
        set => Volatile.Write(ref _certificateWarning, value);
    }

    /// <summary>Time since which it has been connected without interruption; null while it is not.</summary>
    public DateTimeOffset? ConnectedSince
    {
        get
        {
            lock (_lock)
                return _state == BrokerState.Connected ? _since : null;
        }
    }

    /// <summary>State of the connection, and why there is none, or null.</summary>
    public (BrokerState State, string? Detail) Now
    {
        get
        {
            lock (_lock)
                return (_state, _detail);
        }
    }

    /// <summary>Records that the server is connected and subscribed.</summary>
    /// <returns>Warnings for operators.</returns>
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

    /// <summary>Records that the embedded broker is listening.</summary>
    /// <param name="warnings">Warnings for operators.</param>
    public void Listening(string[] warnings)
    {
        lock (_lock)
        {
            _warnings = warnings;
            Become(BrokerState.Connected, null);
        }
    }

    /// <summary>Records that the connection ended or could not be made.</summary>
    /// <param name="reason">The reason, one sentence.</param>
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

    /// <summary>Counts a message whose topic no source reads.</summary>
    public void Unread(string topic) => _unread.Add(topic);

    /// <summary>Counts the clients of the embedded broker.</summary>
    /// <param name="change">1 for a new client, -1 for a closed one.</param>
    public void ClientsChanged(int change) => Interlocked.Add(ref _clients, change);

    /// <summary>The status for display.</summary>
    public ConnectionStatus Status()
    {
        var (unread, topics) = _unread.Read();
        lock (_lock)
        {
            return new(options.Name, Address, options.IsEmbedded, _state, _detail, _since, Interlocked.Read(ref _messages), Math.Max(0, _connections - 1))
            {
                Negotiated = _negotiated,
                Clients = options.IsEmbedded ? Volatile.Read(ref _clients) : null,
                Unread = unread,
                UnreadTopics = topics,
                TlsAddress = TlsAddress,
                Warnings = CertificateWarning is { } warning ? [.. _warnings, warning] : _warnings,
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
