using VibeDash.Client.Export;
using VibeDash.Client.Notes;
using VibeDash.Client.Ui;

namespace VibeDash.Client.Tests.Ui;

/// <summary>Times of date fields, in a zone east of UTC.</summary>
public sealed class WallClockTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_time_comes_back_in_whole_seconds()
    {
        var shown = WallClock.Of(Noon.AddMilliseconds(700), Zone);

        shown.ShouldBe(new DateTime(2026, 3, 1, 13, 0, 0));
        WallClock.At(shown, Zone).ShouldBe(Noon);
    }

    // While a user types a year, the field holds the year 1.
    [Theory]
    [InlineData(1)]
    [InlineData(9999)]
    public void At_the_ends_of_the_calendar_a_draft_is_not_finished_and_nothing_breaks(int year)
    {
        var export = ExportDraft.Of(Noon, Noon.AddHours(1), Zone);
        export.From = new(year, 1, 1);
        var note = NoteDraft.New(Noon, Zone);
        note.From = new(year, 1, 1);
        note.Text = "Bearing replaced";

        export.Address("VB-1", Zone).ShouldBeNull();
        export.Fault.ShouldNotBeNull();
        note.Finish(Noon, Zone).ShouldBe((null, "The time is missing."));
    }
}
