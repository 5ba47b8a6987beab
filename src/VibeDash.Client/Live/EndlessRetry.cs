using System.Net;
using Microsoft.AspNetCore.SignalR.Client;

namespace VibeDash.Client.Live;

/// <summary>Retries without end, unless the session has ended: a wall board must recover by itself from any outage. Pauses grow to about 10 s.</summary>
public sealed class EndlessRetry : IRetryPolicy
{
    /// <inheritdoc/>
    public TimeSpan? NextRetryDelay(RetryContext retryContext) => IsSignedOut(retryContext.RetryReason) ? null : Pause(retryContext.PreviousRetryCount);

    /// <summary>True for the fault of a connection whose session has ended: no retry can succeed before the person signs in.</summary>
    public static bool IsSignedOut(Exception? fault) => fault is HttpRequestException { StatusCode: HttpStatusCode.Unauthorized };

    /// <summary>The pause before a retry, randomised so that not all browsers reach a restarted server at once.</summary>
    /// <param name="failures">Number of failed retries before this one.</param>
    public static TimeSpan Pause(long failures)
    {
        var seconds = Math.Min(10, 0.5 * Math.Pow(2, Math.Min(failures, 10)));
#pragma warning disable CA5394 // Spreads load; not a security feature.
        return TimeSpan.FromSeconds(seconds * (0.75 + (0.5 * Random.Shared.NextDouble())));
#pragma warning restore CA5394
    }
}
