using Microsoft.Extensions.Time.Testing;
using VibeDash.Client.Live;

namespace VibeDash.Client.Tests.Live;

public sealed class LiveQueryTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Some.Time);
    private readonly FakeFeed _feed = new();
    private readonly Queue<TaskCompletionSource<int>> _answers = new();
    private readonly LiveQuery<int> _query;
    private int _fetches;
    private int _data;

    public LiveQueryTests() => _query = new(_time, _ => Fetch(), data => _data = data, () => { }) { MinimumPause = TimeSpan.FromSeconds(1) };

    public void Dispose() => _query.Dispose();

    [Fact]
    public void A_message_that_arrives_during_a_fetch_is_applied_to_its_result()
    {
        var answer = Next();
        _ = _query.RunAsync();

        _query.Merge(() => Add(5));
        answer.SetResult(100);

        _data.ShouldBe(105);
        _query.IsLoaded.ShouldBeTrue();
        _query.IsRunning.ShouldBeFalse();
    }

    [Fact]
    public void A_gap_fetches_again_and_during_a_fetch_after_a_pause()
    {
        Next().SetResult(1);
        _query.Merge(() => false);
        _fetches.ShouldBe(1);

        var answer = Next();
        Next().SetResult(3);
        _ = _query.RunAsync();
        _query.Merge(() => false);
        answer.SetResult(2);
        (_fetches, _data).ShouldBe((2, 2));
        _time.Advance(TimeSpan.FromSeconds(1));

        (_fetches, _data).ShouldBe((3, 3));
    }

    [Fact]
    public void A_failure_is_retried_until_it_succeeds_first_within_a_second()
    {
        Next().SetException(new HttpRequestException("Refused."));
        Next().SetException(new HttpRequestException("Refused again."));
        Next().SetResult(7);

        _ = _query.RunAsync();
        _query.Fault.ShouldBe("Refused.");
        _time.Advance(TimeSpan.FromSeconds(1));
        _query.Fault.ShouldBe("Refused again.");
        _time.Advance(TimeSpan.FromSeconds(2));

        (_query.Fault, _data, _fetches).ShouldBe((null, 7, 3));
    }

    [Fact]
    public void While_prerendering_it_fetches_once_and_does_not_subscribe()
    {
        Next().SetException(new HttpRequestException("Refused."));

        var started = _query.StartAsync(_feed, new LiveHandlers(), prerendering: true);

        started.IsCompletedSuccessfully.ShouldBeTrue();
        (_query.IsRunning, _query.Fault, _feed.Subscriptions).ShouldBe((false, "Refused.", 0));
    }

    [Fact]
    public void Every_reconnect_fetches_again()
    {
        Next().SetResult(1);
        Next().SetResult(2);
        _ = _query.StartAsync(_feed, new LiveHandlers());

        _feed.Become(LiveConnection.Reconnecting);
        _feed.Become(LiveConnection.Connected);

        (_fetches, _data).ShouldBe((2, 2));
    }

    [Fact]
    public void What_arrives_after_it_was_disposed_is_ignored()
    {
        var answer = Next();
        _ = _query.StartAsync(_feed, new LiveHandlers());

        _query.Dispose();
        answer.SetResult(9);

        (_data, _query.IsLoaded, _feed.Subscriptions).ShouldBe((0, false, 0));
    }

    private Task<int> Fetch()
    {
        _fetches++;
        return _answers.Dequeue().Task;
    }

    private TaskCompletionSource<int> Next()
    {
        var answer = new TaskCompletionSource<int>();
        _answers.Enqueue(answer);
        return answer;
    }

    private bool Add(int number)
    {
        _data += number;
        return true;
    }
}
