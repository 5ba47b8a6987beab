using Microsoft.Extensions.Logging;

namespace VibeDash.Client.Live;

/// <summary>The subscribers of the live messages. An exception of one handler is logged and does not affect the others. Not thread-safe.</summary>
public sealed class LiveSubscribers(ILogger logger)
{
    private LiveHandlers[] _all = [];

    /// <summary>Adds a subscriber until the result is disposed.</summary>
    public IDisposable Add(LiveHandlers handlers)
    {
        _all = [.. _all, handlers];
        return new Subscription(this, handlers);
    }

    /// <summary>Passes a message to every subscriber, in the order of subscription.</summary>
    public void Publish<T>(Func<LiveHandlers, Action<T>?> handler, T message)
    {
        foreach (var handlers in _all)
        {
            try
            {
                handler(handlers)?.Invoke(message);
            }
#pragma warning disable CA1031 // A failure in one part of the page must not leave the others without data.
            catch (Exception e)
#pragma warning restore CA1031
            {
                logger.LogError(e, "A handler of live messages failed.");
            }
        }
    }

    private sealed class Subscription(LiveSubscribers owner, LiveHandlers handlers) : IDisposable
    {
        public void Dispose() => owner._all = [.. owner._all.Where(other => !ReferenceEquals(other, handlers))];
    }
}
