namespace VibeDash.Server.Hosting;

/// <summary>
/// Keeps the host's own line about a start that fails out of the log. The exception leaves the program, which writes it in one line, or with its stack
/// when no operator can correct it; the host would write the stack of either. Thread-safe.
/// </summary>
internal sealed class StartLog
{
    /// <summary>Category of the host's lines.</summary>
    public const string Category = "Microsoft.Extensions.Hosting.Internal.Host";

    private volatile bool _isStarted;

    /// <summary>From now on the host's lines are written.</summary>
    public void Started() => _isStarted = true;

    /// <summary>True when a line of the host is to be written.</summary>
    public bool Shows(LogLevel level) => _isStarted && level >= LogLevel.Information;
}
