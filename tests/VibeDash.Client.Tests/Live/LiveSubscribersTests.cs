using Microsoft.Extensions.Logging.Abstractions;
using VibeDash.Client.Live;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Tests.Live;

public sealed class LiveSubscribersTests
{
    private readonly LiveSubscribers _subscribers = new(NullLogger.Instance);

    [Fact]
    public void A_fault_in_one_handler_does_not_keep_the_message_from_the_others()
    {
        var heard = 0;
        using var first = _subscribers.Add(new LiveHandlers { Ticks = _ => throw new InvalidOperationException("broken part of the page") });
        using var second = _subscribers.Add(new LiveHandlers { Ticks = ticks => heard += ticks.Length });

        _subscribers.Publish<SensorTick[]>(s => s.Ticks, [Some.Tick()]);

        heard.ShouldBe(1);
    }

    [Fact]
    public void Who_has_left_hears_nothing_even_when_leaving_while_a_message_is_told()
    {
        var heard = 0;
        IDisposable? own = null;
        own = _subscribers.Add(new LiveHandlers
        {
            Ticks = _ =>
            {
                heard++;
                own!.Dispose();
            },
        });

        _subscribers.Publish<SensorTick[]>(s => s.Ticks, [Some.Tick()]);
        _subscribers.Publish<SensorTick[]>(s => s.Ticks, [Some.Tick()]);

        heard.ShouldBe(1);
    }
}
