using Microsoft.AspNetCore.SignalR.Client;

namespace VibeDash.Client.Live;

/// <summary>Retries without end: a wall board must recover by itself from any outage. Pauses grow to about 10 s.</summary>
public sealed class EndlessRetry : IRetryPolicy
{
    /// <inheritdoc/>
    public TimeSpan? NextRetryDelay(RetryContext retryContext) => Pause(retryContext.PreviousRetryCount);

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
