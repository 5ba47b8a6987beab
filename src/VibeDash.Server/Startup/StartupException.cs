namespace VibeDash.Server.Startup;

/// <summary>The server cannot start, for a reason the person who starts it can remove. The message is one line.</summary>
internal sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
