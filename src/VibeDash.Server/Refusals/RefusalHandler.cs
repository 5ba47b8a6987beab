using System.Threading.Channels;
using Microsoft.AspNetCore.Diagnostics;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Refusals;

/// <summary>
/// Responds to requests that cannot be read, and to those whose command failed because the server is stopping or because of a fault of the server;
/// counts those that end in any other fault.
/// </summary>
internal sealed class RefusalHandler(RequestFaults faults) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var refusal = exception switch
        {
            ChannelClosedException => Refusal.Of(RefusalCode.NotStoredInTime),
            CommandFaultException => Refusal.Of(RefusalCode.ProcessingFailed),
            BadHttpRequestException bad => EmptyAnswers.Of(httpContext, bad.StatusCode),
            _ => null,
        };
        if (refusal is null)
        {
            faults.Add(httpContext.GetEndpoint()?.DisplayName ?? "no endpoint", exception);
            if (!EmptyAnswers.IsApi(httpContext.Request))
                return false;
        }

        await (refusal ?? Refusal.Of(RefusalCode.RequestFailed)).Problem().ExecuteAsync(httpContext);
        return true;
    }
}
