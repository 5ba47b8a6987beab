using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Notes;

/// <summary>User actions on notes, their notifications, and their state after a restart.</summary>
public sealed class NotesOverHttpTests : ServerTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly NoteEdit Bearing = new(Noon, null, NoteKind.MaintenanceDone, "Bearing replaced");

    private int _events;

    [Fact]
    public async Task A_note_is_kept_with_who_wrote_it_and_when_also_after_a_restart()
    {
        await PublishAsync("VB-1", 4, Noon);
        var before = TimeProvider.System.GetUtcNow();

        var (status, note, _) = await AddAsync("VB-1", Bearing with { Text = " Bearing replaced\nby SKF " }, " Ada ");

        status.ShouldBe(HttpStatusCode.Created);
        await RestartServerAsync();
        var kept = (await NotesAsync("VB-1")).ShouldHaveSingleItem();
        kept.ShouldBe(note);
        (kept.SensorId, kept.From, kept.To, kept.Kind, kept.Text, kept.By, kept.Version, kept.ChangedBy).ShouldBe(
            ("VB-1", Noon, null, NoteKind.MaintenanceDone, "Bearing replaced\nby SKF", "Ada", 1, null));
        kept.At.ShouldBeInRange(before.AddSeconds(-1), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Changes_and_deletions_keep_a_record_of_who_did_them()
    {
        await PublishAsync("VB-1", 4, Noon);
        var note = (await AddAsync("VB-1", Bearing)).Note!;

        var changed = (await ChangeAsync(note.Id, Bearing with { Text = "Both bearings replaced", To = Noon.AddHours(2), Version = 1 }, "Bob")).Note!;
        (changed.Version, changed.By, changed.ChangedBy, changed.To).ShouldBe((2, "Ada", "Bob", Noon.AddHours(2)));
        var overtaken = await ChangeAsync(note.Id, Bearing with { Version = 1 }, "Eve");
        (overtaken.Status, overtaken.Problem!.Detail).ShouldBe((HttpStatusCode.Conflict, "Bob has changed the note meanwhile: it is at version 2."));
        (await DeleteAsync(note.Id, "Cleo")).Note.ShouldBe(changed);

        (await NotesAsync("VB-1")).ShouldBeEmpty();
        (await DeleteAsync(note.Id, "Cleo")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ChangeAsync(note.Id, Bearing)).Status.ShouldBe(HttpStatusCode.NotFound);
        await RestartServerAsync();
        var journal = (await Server.GetAsync<NoteChange[]>("api/v1/sensors/VB-1/notes/journal"))!;
        journal.Select(change => (change.Position, change.Action, change.By, change.Note)).ShouldBe(
        [
            (3, NoteAction.Deleted, "Cleo", changed), (2, NoteAction.Changed, "Bob", changed), (1, NoteAction.Added, "Ada", note),
        ]);
        (await Server.GetAsync<NoteChange[]>("api/v1/sensors/VB-1/notes/journal?before=2"))!.ShouldHaveSingleItem().Action.ShouldBe(NoteAction.Added);

        // The number of a deleted note must not be reused: a client may still know it.
        (await AddAsync("VB-1", Bearing)).Note!.Id.ShouldBe(note.Id + 1);
    }

    [Fact]
    public async Task Notes_go_with_the_trend_whose_range_they_lie_in_or_reach_into()
    {
        await PublishAsync("VB-1", 4, Noon);
        await PublishAsync("VB-2", 4, Noon);
        await AddAsync("VB-1", Bearing with { From = Noon.AddHours(-3), Text = "before" });
        await AddAsync("VB-1", Bearing with { From = Noon.AddHours(-3), To = Noon.AddHours(-1), Text = "reaches in" });
        await AddAsync("VB-1", Bearing with { From = Noon, Text = "in" });
        await AddAsync("VB-1", Bearing with { From = Noon.AddHours(1), To = Noon.AddHours(9), Text = "reaches out" });
        await AddAsync("VB-1", Bearing with { From = Noon.AddHours(1).AddTicks(10), Text = "after" });
        await AddAsync("VB-2", Bearing with { Text = "of another sensor" });

        const string Range = "from=2026-03-01T11:00:00Z&to=2026-03-01T13:00:00Z";
        (await Server.GetAsync<TrendHistory>($"api/v1/sensors/VB-1/history?{Range}"))!.Notes.Select(note => note.Text).ShouldBe(["reaches in", "in", "reaches out"]);
        (await Server.GetAsync<Note[]>($"api/v1/sensors/VB-1/notes?{Range}"))!.Select(note => note.Text).ShouldBe(["reaches out", "in", "reaches in"]);
    }

    [Fact]
    public async Task Two_at_the_same_time_are_two()
    {
        await PublishAsync("VB-1", 4, Noon);
        Task<(HttpStatusCode Status, Note? Note, Problem? Problem)>[] adding;
        using (var held = await HeldCommit.StartAsync(Server))
        {
            await held.UnderWayAsync();
            adding = [.. Enumerable.Range(0, 5).Select(i => AddAsync("VB-1", Bearing with { Text = $"note {i}" }))];
            var queue = Server.Services.GetRequiredService<VibeDash.Server.Pipeline.EventQueue>();
            await Eventually.TrueAsync(() => Task.FromResult(queue.Reader.Count >= adding.Length), "all wait for one commit");
        }

        var added = await Task.WhenAll(adding);

        added.ShouldAllBe(answer => answer.Status == HttpStatusCode.Created);
        added.Select(answer => answer.Note!.Id).Order().ShouldBe([1, 2, 3, 4, 5]);
        (await NotesAsync("VB-1")).Length.ShouldBe(5);
    }

    [Fact]
    public async Task The_bounds_are_kept()
    {
        await PublishAsync("VB-1", 4, Noon);
        (await AddAsync("VB-1", Bearing with { Text = new('x', Note.MaximumTextLength) })).Status.ShouldBe(HttpStatusCode.Created);
        (await AddAsync("VB-1", Bearing with { Text = new('x', Note.MaximumTextLength + 1) })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await AddAsync("VB-9", Bearing)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Server.Http.GetAsync("api/v1/sensors/VB-9/notes", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await using (var context = await Server.Services.GetRequiredService<IDbContextFactory<VibeDashContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            context.Notes.AddRange(Enumerable.Range(2, Note.MaximumPerSensor - 1).Select(id => new Note(id, "VB-1", Noon, null, NoteKind.Remark, "x", "Ada", Noon)));
            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        (await AddAsync("VB-1", Bearing)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await Server.GetAsync<TrendHistory>("api/v1/sensors/VB-1/history?from=2026-03-01T11:00:00Z&to=2026-03-01T13:00:00Z"))!.Notes.Length.ShouldBe(100);
    }

    [Fact]
    public async Task Others_hear_of_it_at_once_over_the_hub_and_the_stream()
    {
        await PublishAsync("VB-1", 4, Noon);
        await using var browser = await LiveProbe.ConnectAsync(Server);
        await using var stream = await StreamProbe.OpenAsync(Server);
        await stream.NextAsync("status", DashboardJson.Default.ServerStatus);

        var note = (await AddAsync("VB-1", Bearing)).Note!;
        await DeleteAsync(note.Id, "Bob");

        (await LiveProbe.NextAsync(browser.Notes)).ShouldBe(new(1, NoteAction.Added, "Ada", note.At, note));
        var deleted = await LiveProbe.NextAsync(browser.Notes);
        (deleted.Position, deleted.Action, deleted.By, deleted.Note).ShouldBe((2, NoteAction.Deleted, "Bob", note));
        (await stream.NextAsync("notes", DashboardJson.Default.NoteChangeArray)).Data[0].Note.ShouldBe(note);
    }

    [Fact]
    public async Task After_maintenance_the_baseline_is_learned_from_the_readings_stored_since_the_note()
    {
        // A minute apart: an hour of a worn bearing, and an hour and a half and ten readings of the new one.
        for (var minute = 0; minute < 60; minute++)
            await PublishAsync("VB-1", 9, Noon.AddMinutes(minute));
        var done = Noon.AddMinutes(60);
        for (var minute = 0; minute < 100; minute++)
            await PublishAsync("VB-1", 3, done.AddMinutes(minute));
        var note = (await AddAsync("VB-1", Bearing with { From = done })).Note!;

        var settings = new SensorSettings { BaselineSource = BaselineSource.Learned, LearnFrom = note.End, LearnHours = 1 };
        using var response = await Server.Http.PutAsJsonAsync("api/v1/sensors/VB-1/settings", settings, DashboardJson.Default.SensorSettings, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var learned = (await Server.FleetAsync()).Sensors.Single().BaselineInForce!;
        (learned.Source, learned.Level, learned.By).ShouldBe((BaselineSource.Learned, 3, "Ada"));
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private Task PublishAsync(string sensor, double level, DateTimeOffset at) => Server.PostEventsAsync(TestSensor.Event(level, at, sensor, $"{_events++}"));

    private async Task<Note[]> NotesAsync(string sensor) => (await Server.GetAsync<Note[]>($"api/v1/sensors/{sensor}/notes"))!;

    private Task<(HttpStatusCode Status, Note? Note, Problem? Problem)> AddAsync(string sensor, NoteEdit edit, string by = "Ada") =>
        SendAsync(HttpMethod.Post, $"sensors/{sensor}/notes", edit, by);

    private Task<(HttpStatusCode Status, Note? Note, Problem? Problem)> ChangeAsync(long id, NoteEdit edit, string by = "Ada") => SendAsync(HttpMethod.Put, $"notes/{id}", edit, by);

    private Task<(HttpStatusCode Status, Note? Note, Problem? Problem)> DeleteAsync(long id, string by) => SendAsync(HttpMethod.Delete, $"notes/{id}", null, by);

    private async Task<(HttpStatusCode Status, Note? Note, Problem? Problem)> SendAsync(HttpMethod method, string path, NoteEdit? edit, string by)
    {
        using var body = edit is null ? null : JsonContent.Create(edit, DashboardJson.Default.NoteEdit);
        using var response = await Server.SendAsync(method, $"api/v1/{path}", body, by);
        var isNote = response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created;
        return (
            response.StatusCode,
            isNote ? await response.Content.ReadFromJsonAsync(DashboardJson.Default.Note, TestContext.Current.CancellationToken) : null,
            isNote || response.IsSuccessStatusCode ? null : await response.Content.ReadFromJsonAsync(DashboardJson.Default.Problem, TestContext.Current.CancellationToken));
    }
}
