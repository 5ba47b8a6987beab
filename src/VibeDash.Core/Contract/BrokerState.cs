namespace VibeDash.Core.Contract;

/// <summary>State of a broker connection.</summary>
public enum BrokerState
{
    /// <summary>The first connection attempt is in progress.</summary>
    Connecting,

    /// <summary>Connected and subscribed (or the embedded broker is listening).</summary>
    Connected,

    /// <summary>The connection was lost or refused; the server retries with increasing pauses.</summary>
    Disconnected,
}
