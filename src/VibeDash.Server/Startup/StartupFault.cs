using Microsoft.Extensions.Options;

namespace VibeDash.Server.Startup;

/// <summary>Tells the faults of a start that the person who starts the server can remove.</summary>
internal static class StartupFault
{
    /// <summary>One line for such a fault; null for any other, which is a bug and keeps its stack trace.</summary>
    public static string? Describe(Exception fault) => fault switch
    {
        StartupException => fault.Message,
        OptionsValidationException invalid => string.Join(" ", invalid.Failures),

        // A value that is not even of the right type: the message names key and value, the inner one what was wrong.
        InvalidOperationException { InnerException: { } reason } unreadable
            when unreadable.Message.Contains("configuration value", StringComparison.Ordinal) => $"{unreadable.Message} {reason.Message}",
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => fault.Message + " Set Urls to another address.",
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        _ => null,
    };
}
