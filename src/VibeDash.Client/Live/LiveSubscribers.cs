using Microsoft.Extensions.Logging;

namespace VibeDash.Client.Live;

/// <summary>Who hears the live messages. A handler that fails is logged and does not keep the message from the others. Not thread-safe.</summary>
public sealed class LiveSubscribers(ILogger logger)
{
    private LiveHandlers[] _all = [];

    /// <summary>Adds a subscriber until the result is disposed.</summary>
    public IDisposable Add(LiveHandlers handlers)
    {
        _all = [.. _all, handlers];
        return new Subscription(this, handlers);
    }

    /// <summary>Tells every subscriber, in the order they came.</summary>
    public void Publish<T>(Func<LiveHandlers, Action<T>?> handler, T message)
    {
        foreach (var handlers in _all)
        {
            try
            {
                handler(handlers)?.Invoke(message);
            }
#pragma warning disable CA1031 // Whatever went wrong in one part of the page is no reason to leave the others without data.
            catch (Exception e)
#pragma warning restore CA1031
            {
                logger.LogError(e, "A live message could not be shown.");
            }
        }
    }

    private sealed class Subscription(LiveSubscribers owner, LiveHandlers handlers) : IDisposable
    {
        public void Dispose() => owner._all = [.. owner._all.Where(other => !ReferenceEquals(other, handlers))];
    }
}
