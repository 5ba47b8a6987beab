using System.Threading.Channels;
using Microsoft.AspNetCore.Diagnostics;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Refusals;

/// <summary>
/// Responds to requests whose command failed because the server is stopping or because of a fault of the server, and counts those that end in any other
/// fault.
/// </summary>
internal sealed class RefusalHandler(RequestFaults faults) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        RefusalCode? code = exception switch
        {
            ChannelClosedException => RefusalCode.NotStoredInTime,
            CommandFaultException => RefusalCode.ProcessingFailed,
            _ => null,
        };
        if (code is not { } known)
        {
            faults.Add(httpContext.GetEndpoint()?.DisplayName ?? "no endpoint", exception);
            return false;
        }

        await Refusal.Of(known).Problem().ExecuteAsync(httpContext);
        return true;
    }
}
