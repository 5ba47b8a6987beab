namespace VibeDash.Client.Live;

/// <summary>State of the browser's live connection.</summary>
public enum LiveConnection
{
    /// <summary>Not connected yet.</summary>
    Connecting,

    /// <summary>Live.</summary>
    Connected,

    /// <summary>Lost; it is tried again until it succeeds.</summary>
    Reconnecting,
}
