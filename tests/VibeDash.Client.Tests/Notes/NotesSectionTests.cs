using Bunit;
using Microsoft.AspNetCore.Components;
using NSubstitute;
using VibeDash.Client.Live;
using VibeDash.Client.Notes;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;

namespace VibeDash.Client.Tests.Notes;

public sealed class NotesSectionTests : PageTest
{
    private NoteEdit? _sent;
    private SensorSettings? _settings;

    public NotesSectionTests()
    {
        JSInterop.SetupVoid("Blazor._internal.domWrapper.focus", _ => true).SetVoidResult();
        Api.SetSensorAsync("VB-1", Arg.Do<SensorSettings>(settings => _settings = settings), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(new SensorSettings()));
    }

    [Fact]
    public void Notes_are_listed_with_what_when_and_by_whom()
    {
        var page = Open(
            Some.Note(2, NoteKind.MaintenanceDone, Some.Time.AddHours(-2), Some.Time.AddHours(-1)),
            Some.Note(1, from: Some.Time.AddDays(-1), text: "Loud\nsince noon") with { Version = 2, ChangedBy = "Bob", ChangedAt = Some.Time.AddMinutes(-5) });

        var notes = page.FindAll(".note-list > li");
        Text(notes[0]).ShouldStartWith("2026-03-01 03:00:00 to 2026-03-01 04:00:00 Maintenance done by Grace, 04:30 Bearing replaced");
        Text(notes[1]).ShouldStartWith("2026-02-28 05:00:00 Remark by Grace, 04:30; changed by Bob, 04:55 Loud since noon");
        notes[1].TextContent.ShouldNotContain("Learn baseline");
    }

    [Fact]
    public void An_instant_is_written_in_local_time()
    {
        Api.AddNoteAsync("VB-1", Arg.Do<NoteEdit>(edit => _sent = edit), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(Some.Note()));
        var page = Open();
        Press(page, "Add a note");
        page.Find("input[name=from]").GetAttribute("value").ShouldBe("2026-03-01T05:00:00");

        page.Find("input[name=from]").Change("2026-03-01T04:30:00");
        page.Find("textarea").Change("  Bearing squeals ");
        page.Find(".note-form").Submit();

        _sent.ShouldBe(new NoteEdit(new(2026, 3, 1, 2, 30, 0, TimeSpan.Zero), null, NoteKind.Remark, "Bearing squeals"));
        page.FindAll(".note-form").ShouldBeEmpty();
        page.FindAll(".notice").ShouldBeEmpty();
    }

    [Fact]
    public void Maintenance_done_offers_to_learn_the_baseline_anew_from_its_end()
    {
        var note = Some.Note(7, NoteKind.MaintenanceDone, Some.Time.AddHours(-3), Some.Time.AddHours(-2));
        Api.AddNoteAsync("VB-1", Arg.Do<NoteEdit>(edit => _sent = edit), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(note));
        var page = Open();
        Press(page, "Add a note");
        page.Find("select[name=kind]").Change(nameof(NoteKind.MaintenanceDone));
        page.FindAll(".note-form input[type=radio]")[1].Change(true);
        page.Find("input[name=from]").Change("2026-03-01T02:00:00");
        page.Find("input[name=to]").Change("2026-03-01T03:00:00");
        page.Find("textarea").Change("New bearing");

        page.Find(".note-form").Submit();

        (_sent!.Kind, _sent.From, _sent.To).ShouldBe((NoteKind.MaintenanceDone, note.From, note.To));
        page.Find(".notice").TextContent.ShouldContain("Learn a new baseline");
        Press(page, "Learn again");
        _settings.ShouldBe(new SensorSettings { BaselineSource = BaselineSource.Learned, LearnFrom = note.To });
        page.Find(".notice").TextContent.ShouldContain("A new baseline is being learned");
    }

    [Fact]
    public void Of_a_note_that_is_there_the_baseline_is_learned_after_a_question()
    {
        var page = Open(Some.Note(3, NoteKind.MaintenanceDone));

        page.Find("button[aria-label='Learn baseline from here: note 3']").Click();
        _settings.ShouldBeNull();
        page.Find(".confirm .is-danger").Click();

        _settings!.LearnFrom.ShouldBe(Some.Time.AddHours(-1));
    }

    [Fact]
    public void A_change_keeps_the_time_as_exact_as_it_was_and_names_the_version_seen()
    {
        var known = Some.Note(4, from: Some.Time.AddMilliseconds(-1234)) with { Version = 3 };
        Api.ChangeNoteAsync(4, Arg.Do<NoteEdit>(edit => _sent = edit), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Refused<Note>(RefusalCode.NoteChanged, "Bob", 4));
        var page = Open(known);

        page.Find("button[aria-label='Edit note 4']").Click();
        page.Find("textarea").Change("Bearing, and seal");
        page.Find(".note-form").Submit();

        _sent.ShouldBe(new NoteEdit(known.From, null, NoteKind.Remark, "Bearing, and seal") { Version = 3 });
        page.Find(".note-form .fault").TextContent.ShouldContain("Bob has changed");
        page.Find("textarea").GetAttribute("value").ShouldBe("Bearing, and seal");
    }

    [Fact]
    public void A_note_is_deleted_after_a_question()
    {
        Api.DeleteNoteAsync(5, Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(Some.Note(5)));
        var page = Open(Some.Note(5));

        page.Find("button[aria-label='Delete note 5']").Click();
        Api.DidNotReceiveWithAnyArgs().DeleteNoteAsync(0, default, Xunit.TestContext.Current.CancellationToken);
        page.Find(".confirm .is-danger").Click();

        Api.Received(1).DeleteNoteAsync(5, Some.Ada, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void What_cannot_be_a_note_is_refused_before_it_is_sent()
    {
        var page = Open();
        Press(page, "Add a note");

        page.Find("textarea").Change("x");
        page.FindAll(".note-form input[type=radio]")[1].Change(true);
        page.Find(".note-form").Submit();
        page.Find(".note-form .fault").TextContent.ShouldBe("The end is missing.");
        page.Find("input[name=to]").Change("2026-03-01T01:00:00");
        page.Find(".note-form").Submit();

        page.Find(".note-form .fault").TextContent.ShouldBe("The end must come after the start.");
        Api.DidNotReceiveWithAnyArgs().AddNoteAsync(null!, null!, default, Xunit.TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Who_may_only_look_is_offered_no_change()
    {
        Person = new("Vera", [Permission.View]);
        var page = Open(Some.Note(5));

        page.FindAll("button").Select(button => button.TextContent.Trim()).ShouldAllBe(text => text.StartsWith("Before and after") || text.Contains("journal") || text.Contains("hanges"));
    }

    [Fact]
    public void A_server_that_does_not_answer_is_told_and_what_was_written_stays()
    {
        Api.AddNoteAsync(null!, null!, default, Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs<Answer<Note>>(_ => throw new HttpRequestException("Gone."));
        var page = Open();
        Press(page, "Add a note");

        page.Find("textarea").Change("Long story");
        page.Find(".note-form").Submit();

        page.Find(".note-form .fault").TextContent.ShouldContain("the change may have been made");
        page.Find("textarea").GetAttribute("value").ShouldBe("Long story");
    }

    [Fact]
    public void What_others_do_shows_at_once()
    {
        var page = Open(Some.Note(1));

        Feed.Send(Change(5, NoteAction.Added, Some.Note(2, from: Some.Time, text: "Newer")));
        page.FindAll(".note-text").Select(Text).ShouldBe(["Newer", "Bearing replaced"]);
        Feed.Send(Change(6, NoteAction.Changed, Some.Note(1, text: "Seal replaced") with { Version = 2, ChangedBy = "Bob", ChangedAt = Some.Time }));
        page.FindAll(".note-text").Select(Text).ShouldBe(["Newer", "Seal replaced"]);
        Feed.Send(Change(7, NoteAction.Deleted, Some.Note(2)), Change(8, NoteAction.Added, Some.Note(3) with { SensorId = "VB-2" }));

        page.FindAll(".note-text").Select(Text).ShouldBe(["Seal replaced"]);
        Api.ReceivedWithAnyArgs(1).GetNotesAsync(null!, Xunit.TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Changes_that_were_missed_are_fetched_also_after_a_reconnect()
    {
        Open(Some.Note(1));
        Feed.Send(Change(5, NoteAction.Added, Some.Note(2)));

        Feed.Send(Change(7, NoteAction.Added, Some.Note(4) with { SensorId = "VB-2" }));
        Api.ReceivedWithAnyArgs(2).GetNotesAsync(null!, Xunit.TestContext.Current.CancellationToken);
        Feed.Become(LiveConnection.Connected);

        Api.ReceivedWithAnyArgs(3).GetNotesAsync(null!, Xunit.TestContext.Current.CancellationToken);
    }

    [Fact]
    public void What_comes_while_notes_are_fetched_is_not_lost()
    {
        var answer = new TaskCompletionSource<Note[]>();
        Api.GetNotesAsync("VB-1", Arg.Any<CancellationToken>()).Returns(answer.Task);
        var page = Render();

        Feed.Send(Change(5, NoteAction.Added, Some.Note(2, from: Some.Time, text: "Newer")));
        answer.SetResult([Some.Note(1)]);

        page.WaitForAssertion(() => page.FindAll(".note-text").Select(Text).ShouldBe(["Newer", "Bearing replaced"]));
    }

    [Fact]
    public void The_record_tells_also_what_was_deleted()
    {
        Api.GetNoteJournalAsync("VB-1", Arg.Any<CancellationToken>()).Returns([Change(2, NoteAction.Deleted, Some.Note(1)) with { By = "Cleo" }, Change(1, NoteAction.Added, Some.Note(1))]);
        var page = Open();

        page.Find(".note-record").TriggerEvent("ontoggle", EventArgs.Empty);

        page.FindAll(".note-record li").Select(Text).ShouldBe(
        [
            "2026-03-01 05:00:00 Deleted by Cleo 2026-03-01 04:00:00, Remark: Bearing replaced",
            "2026-03-01 05:00:00 Written by Grace 2026-03-01 04:00:00, Remark: Bearing replaced",
        ]);
    }

    [Fact]
    public void Before_is_shown_against_after()
    {
        var note = Some.Note(6, NoteKind.MaintenanceDone, Some.Time.AddHours(-2));
        Api.GetHistoryAsync("VB-1", Arg.Any<DateTimeOffset>(), Arg.Any<DateTimeOffset?>(), Arg.Any<int>(), Arg.Any<CancellationToken>()).Returns(call =>
            Some.History(call.ArgAt<DateTimeOffset>(1), call.ArgAt<DateTimeOffset?>(2)!.Value, buckets: call.ArgAt<DateTimeOffset?>(2) <= note.From
                ? [new(Ms(note.From.AddHours(-1)), 10, 6, 12, 8)]
                : [new(Ms(note.From.AddHours(1)), 20, 2, 3, 2)]));
        var page = Open(note);

        page.Find("button[aria-label='Before and after note 6']").Click();

        page.FindAll(".before-after tbody tr").Select(row => string.Join(' ', row.Children.Select(Text))).ShouldBe(
        [
            "Mean 8.00 2.00 −75 %", "Lowest 6.00 2.00 −67 %", "Highest 12.0 3.00 −75 %", "Readings 10 20 ",
        ]);
        Text(page.Find(".before-after > p")).ShouldStartWith("Compared: 2 h before and after the note, the time passed since.");
    }

    private static NoteChange Change(long position, NoteAction action, Note note) => new(position, action, note.By, Some.Time, note);

    private static long Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static string Text(AngleSharp.Dom.IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static void Press(IRenderedComponent<IComponent> page, string text) => page.FindAll("button").Single(button => button.TextContent.Trim() == text).Click();

    private IRenderedComponent<NotesSection> Open(params Note[] notes)
    {
        Api.GetNotesAsync("VB-1", Arg.Any<CancellationToken>()).Returns(notes);
        return Render();
    }

    private IRenderedComponent<NotesSection> Render()
    {
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(Some.Fleet());
        return Render<NotesSection>(section => section.Add(s => s.SensorId, "VB-1").Add(s => s.Unit, "m/s²"));
    }
}
