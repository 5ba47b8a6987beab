namespace VibeDash.Core.Contract;

/// <summary>How the server stands with its MQTT broker.</summary>
public enum BrokerState
{
    /// <summary>Trying to connect for the first time.</summary>
    Connecting,

    /// <summary>Connected and subscribed (or the embedded broker is listening).</summary>
    Connected,

    /// <summary>The connection is lost or was refused; it is tried again with growing pauses.</summary>
    Disconnected,
}
