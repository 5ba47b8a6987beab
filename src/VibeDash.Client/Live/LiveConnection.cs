namespace VibeDash.Client.Live;

/// <summary>State of the browser's live connection.</summary>
public enum LiveConnection
{
    /// <summary>Not connected yet.</summary>
    Connecting,

    /// <summary>Connected.</summary>
    Connected,

    /// <summary>Lost; retried until it succeeds.</summary>
    Reconnecting,

    /// <summary>Closed by the server, which does not know the browser's session any more; not retried.</summary>
    SignedOut,
}
