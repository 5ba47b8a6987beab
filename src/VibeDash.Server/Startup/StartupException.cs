namespace VibeDash.Server.Startup;

/// <summary>The server cannot start, for a reason its operator can fix. The message is one line.</summary>
internal sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
