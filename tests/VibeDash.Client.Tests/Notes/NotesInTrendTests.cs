using NSubstitute;
using VibeDash.Client.Trends;
using VibeDash.Core.Notes;

namespace VibeDash.Client.Tests.Notes;

public sealed class NotesInTrendTests : PageTest
{
    [Fact]
    public async Task A_note_that_somebody_writes_comes_into_the_trend_at_once()
    {
        Note[] notes = [];
        Api.GetHistoriesAsync(null!, default, default, default, TestContext.Current.CancellationToken).ReturnsForAnyArgs(
            _ => new[] { Some.History(Some.Time.AddHours(-1), Some.Time) with { Notes = notes } });
        await using var trend = new LiveTrend(Api, Feed, Time, () => Some.Time, ["VB-1"], TrendPeriod.Live(TimeSpan.FromHours(1)), 300);
        await trend.StartAsync();
        trend.Sensors[0].Notes.ShouldBeEmpty();

        notes = [Some.Note()];
        Feed.Send(new NoteChange(1, NoteAction.Added, "Ada", Some.Time, Some.Note() with { SensorId = "VB-2" }));
        trend.Sensors[0].Notes.ShouldBeEmpty();
        Feed.Send(new NoteChange(2, NoteAction.Added, "Ada", Some.Time, Some.Note()));

        trend.Sensors[0].Notes.ShouldBe(notes);
    }
}
