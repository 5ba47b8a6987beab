using Microsoft.Extensions.Time.Testing;
using VibeDash.Server.Logging;

namespace VibeDash.Server.Tests.Logging;

public sealed class LogLimitTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_first_line_is_written_at_once_then_one_a_minute_that_stands_for_all()
    {
        var limit = new LogLimit(_time);

        limit.Take().ShouldBe(1);
        for (var i = 0; i < 500; i++)
            limit.Take().ShouldBe(0);
        _time.Advance(TimeSpan.FromSeconds(59.9));
        limit.Take().ShouldBe(0);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        limit.Take().ShouldBe(502);
        limit.Take().ShouldBe(0);
    }

    [Fact]
    public void A_rare_line_is_always_written()
    {
        var limit = new LogLimit(_time);

        for (var i = 0; i < 3; i++)
        {
            limit.Take().ShouldBe(1);
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }
}
