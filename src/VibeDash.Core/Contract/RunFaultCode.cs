namespace VibeDash.Core.Contract;

/// <summary>Why a backup, a replay of dead letters or an evaluation of history ended early. <see cref="RunFaultText"/> makes the sentence.</summary>
public enum RunFaultCode
{
    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>The server is stopping.</summary>
    ServerStopping,

    /// <summary>It would have filled the disk. Argument: bytes that must stay free.</summary>
    DiskFillingUp,

    /// <summary>More was found than is recorded at once. Argument: maximum number of alerts.</summary>
    TooManyFound,

    /// <summary>A fault of the server, recorded in its log. Argument: message of the fault.</summary>
    Failed,
}
