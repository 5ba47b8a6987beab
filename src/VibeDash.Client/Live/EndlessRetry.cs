using Microsoft.AspNetCore.SignalR.Client;

namespace VibeDash.Client.Live;

/// <summary>Tries for ever: a wall board must come back by itself, whatever the outage took. Pauses grow to about 10 s.</summary>
public sealed class EndlessRetry : IRetryPolicy
{
    /// <inheritdoc/>
    public TimeSpan? NextRetryDelay(RetryContext retryContext) => Pause(retryContext.PreviousRetryCount);

    /// <summary>The pause before try number <paramref name="triesBefore"/> + 1; spread, so that a restarted server is not met by all browsers at once.</summary>
    public static TimeSpan Pause(long triesBefore)
    {
        var seconds = Math.Min(10, 0.5 * Math.Pow(2, Math.Min(triesBefore, 10)));
#pragma warning disable CA5394 // Spreads load; guards nothing.
        return TimeSpan.FromSeconds(seconds * (0.75 + (0.5 * Random.Shared.NextDouble())));
#pragma warning restore CA5394
    }
}
