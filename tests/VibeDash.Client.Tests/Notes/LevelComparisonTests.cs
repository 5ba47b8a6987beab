using NSubstitute;
using VibeDash.Client.Notes;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Tests.Notes;

public sealed class LevelComparisonTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly IHistoryApi _api = Substitute.For<IHistoryApi>();
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _asked = [];

    [Fact]
    public async Task The_spans_are_equal_and_lie_before_the_start_and_after_the_end()
    {
        Answer([]);
        var note = Some.Note(from: Some.Time.AddDays(-4), to: Some.Time.AddDays(-3));

        var comparison = await CompareAsync(note, Day);

        _asked.ShouldBe([(Some.Time.AddDays(-5), Some.Time.AddDays(-4)), (Some.Time.AddDays(-3), Some.Time.AddDays(-2))]);
        (comparison!.Before, comparison.After).ShouldBe((null, null));
    }

    [Fact]
    public async Task They_are_shorter_when_less_time_has_passed_since()
    {
        Answer([]);

        (await CompareAsync(Some.Note(from: Some.Time.AddHours(-2)), Day))!.Length.ShouldBe(TimeSpan.FromHours(2));
        (await CompareAsync(Some.Note(from: Some.Time.AddHours(2)), Day)).ShouldBeNull();
    }

    [Fact]
    public async Task A_bucket_that_may_hold_readings_of_both_sides_counts_for_neither()
    {
        // A bucket is several seconds wide; the note lies inside one.
        var note = Some.Note(from: Some.Time.AddHours(-1).AddMilliseconds(500));
        var width = BucketWidth.For(TimeSpan.FromHours(1), 300);
        var edge = Some.Time.AddHours(-1).ToUnixTimeMilliseconds() / width * width;
        Answer([new(edge - width, 1, 5, 5, 5), new(edge, 2, 1, 9, 5), new(edge + width, 1, 3, 3, 3)]);

        var comparison = await CompareAsync(note, TimeSpan.FromHours(1));

        (comparison!.Before!.Count, comparison.Before.Max).ShouldBe((1, 5));
        (comparison.After!.Count, comparison.After.Max).ShouldBe((1, 3));
    }

    private Task<LevelComparison?> CompareAsync(Note note, TimeSpan length) =>
        LevelComparison.OfAsync(_api, note, length, Some.Time, TestContext.Current.CancellationToken);

    private void Answer(TrendBucket[] buckets) => _api.GetHistoryAsync(null!, default, default, default, TestContext.Current.CancellationToken).ReturnsForAnyArgs(call =>
    {
        _asked.Add((call.ArgAt<DateTimeOffset>(1), call.ArgAt<DateTimeOffset>(2)));
        return Some.History(_asked[^1].From, _asked[^1].To, buckets: buckets);
    });
}
