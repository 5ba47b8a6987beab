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
        // Kestrel on an endpoint without a certificate. It goes on about one for developers.
        InvalidOperationException endpoint when endpoint.Message.StartsWith("Unable to configure HTTPS endpoint", StringComparison.Ordinal) =>
            "An HTTPS address has no certificate. Set Kestrel:Certificates:Default:Path and KeyPath, or those of its endpoint, to PEM files.",
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => fault.Message + " Set Urls to another address.",
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        _ => null,
    };
}
