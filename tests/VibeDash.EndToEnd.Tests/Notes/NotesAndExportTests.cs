using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Notes;

/// <summary>A repair: a user writes a note, others see it, the baseline is learned again, and the readings are exported.</summary>
public sealed class NotesAndExportTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    [Fact]
    public async Task A_repair_is_noted_seen_by_others_compared_and_the_baseline_is_learned_from_it()
    {
        var repaired = await RunAndRepairAsync();
        var technician = await VisitorAtAsync("sensors/VB-7");
        var manager = await VisitorAtAsync("sensors/VB-7");
        await manager.MarkAsync();
        var notes = Notes(technician);

        await notes.GetByRole(AriaRole.Button, new() { Name = "Add a note" }).ClickAsync();
        await notes.GetByRole(AriaRole.Combobox).SelectOptionAsync("Maintenance done");
        await notes.GetByLabel("Text").FillAsync("Bearing replaced");
        await notes.GetByLabel("When").FillAsync(await technician.Page.EvaluateAsync<string>(
            "ms => { const at = new Date(ms); return new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19); }", repaired.ToUnixTimeMilliseconds()));
        await notes.GetByRole(AriaRole.Button, new() { Name = "Save note" }).ClickAsync();

        // Others see it immediately; its author is asked about the baseline.
        await Expect(Notes(manager).GetByText("Bearing replaced")).ToBeVisibleAsync();
        await Expect(Notes(manager).GetByText("by Anna Weber")).ToBeVisibleAsync();
        await manager.WasNotReloadedAsync();
        await notes.GetByRole(AriaRole.Button, new() { Name = "Learn again" }).ClickAsync();
        await Expect(technician.Page.GetByRole(AriaRole.Region, new() { Name = "Baseline" })).ToContainTextAsync("as Anna Weber asked");

        await Notes(manager).GetByRole(AriaRole.Button, new() { Name = "Before and after note 1" }).ClickAsync();
        await Expect(Notes(manager).GetByRole(AriaRole.Row).Filter(new() { HasText = "Mean" })).ToContainTextAsync("9.00");
        await Expect(Notes(manager).GetByRole(AriaRole.Row).Filter(new() { HasText = "Mean" })).ToContainTextAsync("3.00");

        await notes.GetByRole(AriaRole.Button, new() { Name = "Delete note 1" }).ClickAsync();
        await notes.GetByRole(AriaRole.Group).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(Notes(manager).GetByText("by Anna Weber")).ToBeHiddenAsync();
        await Notes(manager).GetByText("Record of changes").ClickAsync();
        await Expect(Notes(manager).GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Deleted" })).ToContainTextAsync("by Anna Weber");
    }

    [Fact]
    public async Task The_readings_of_a_sensor_are_exported_into_a_file()
    {
        await RunAndRepairAsync();
        var visitor = await VisitorAsync();

        // A browser without the file system API, like most: a test cannot operate the file picker of the others.
        await visitor.Page.AddInitScriptAsync("delete window.showSaveFilePicker");
        await visitor.OpenAsync("sensors/VB-7?range=24h");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Export…" }).ClickAsync();
        var dialog = visitor.Page.GetByRole(AriaRole.Dialog, new() { Name = "Export VB-7" });

        var file = await visitor.Page.RunAndWaitForDownloadAsync(() => dialog.GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync());

        file.SuggestedFilename.ShouldBe("VB-7 readings.csv");
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("Exported 120 rows");
        var lines = (await File.ReadAllTextAsync((await file.PathAsync())!, TestContext.Current.CancellationToken)).Split("\r\n");
        (lines.Length, lines[0], lines[^1]).ShouldBe((1 + 120 + 1, "timestamp,sensor,level,unit,baseline,eventId,suspect,quality", ""));
        lines[1].ShouldContain(",VB-7,9,m/s²,4,");
        lines[120].ShouldContain(",VB-7,3,m/s²,4,");
    }

    private static ILocator Notes(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Notes", Exact = true });

    // An hour of a worn bearing and an hour of the new one; one reading per minute. Returns the time of replacement: not a whole minute, which the browser would write without seconds.
    private async Task<DateTimeOffset> RunAndRepairAsync()
    {
        var sensor = await SensorAsync();
        var now = TimeProvider.System.GetUtcNow();
        var start = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)).AddHours(-2);
        for (var minute = 0; minute < 120; minute++)
            await sensor.PublishAsync("VB-7", minute < 60 ? 9 : 3, at: start.AddMinutes(minute));
        return start.AddMinutes(59).AddSeconds(30);
    }
}
