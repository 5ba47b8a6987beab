using Microsoft.Extensions.Options;

namespace VibeDash.Server.Startup;

/// <summary>Recognises start-up faults that an operator can fix.</summary>
internal static class StartupFault
{
    /// <summary>One line for such a fault; null for any other, which is a bug and keeps its stack trace.</summary>
    public static string? Describe(Exception fault) => fault switch
    {
        StartupException => fault.Message,
        OptionsValidationException invalid => string.Join(" ", invalid.Failures),

        // The value has the wrong type: the message names key and value, the inner one the reason.
        InvalidOperationException { InnerException: { } reason } unreadable
            when unreadable.Message.Contains("configuration value", StringComparison.Ordinal) => $"{unreadable.Message} {reason.Message}",
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => fault.Message + " Set Urls to another address.",
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        _ => null,
    };
}
