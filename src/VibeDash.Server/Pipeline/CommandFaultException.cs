namespace VibeDash.Server.Pipeline;

/// <summary>A command could not be processed. The server logged the cause with its stack trace.</summary>
/// <param name="cause">The cause.</param>
internal sealed class CommandFaultException(Exception cause) : Exception($"The command could not be processed: {cause.Message}", cause);
