using System.Globalization;
using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Alerts;

/// <summary>Alert tones, and their limit in a flood: in the browser's own audio graph, whose tones end only when its clock has passed them.</summary>
public sealed class SoundTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    // Records started tones and, in the order in which they end, finished ones.
    private const string Listening =
        """
        window.tones = { started: 0, sounded: [] };
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (...when) {
          window.tones.started++;
          const frequency = this.frequency.value;
          this.addEventListener('ended', () => { if (this.context.state === 'running') window.tones.sounded.push(frequency); });
          return start.apply(this, when);
        };
        """;

    [Fact]
    public async Task Sound_is_heard_once_it_is_allowed_and_repeats_for_a_critical_alert_until_that_is_acknowledged()
    {
        var sensor = await SensorAsync();
        await sensor.PublishAsync("VB-3", 4);
        var (anna, ben) = (await ListenerAsync(), await ListenerAsync());
        await AllowAsync(anna);
        await SoundedAsync(anna, "520");

        await sensor.PublishAsync("VB-3", 45);
        await SoundedAsync(anna, "520,880,660,880");
        await SoundedAsync(anna, "520,880,660,880,880,660,880");
        await Expect(ben.Banner).ToContainTextAsync("VB-3");
        (await StartedAsync(ben)).ShouldBe(0);

        // A less severe alert has its own tones, and then no other repeats any more.
        await anna.AcknowledgeAsync("VB-3", "On my way");
        var before = await StartedAsync(anna);
        foreach (var _ in Enumerable.Range(0, 3))
            await sensor.PublishAsync("VB-4", 9);
        await SoundedAsync(anna, tones => tones.EndsWith(",660,880", StringComparison.Ordinal) && tones.Split(',').Length == before + 2);
    }

    [Fact]
    public async Task In_a_flood_the_banner_has_a_line_for_each_machine_and_no_new_alert_is_heard()
    {
        var sensor = await SensorAsync();
        var anna = await ListenerAsync();
        await AllowAsync(anna);

        for (var i = 1; i <= 8; i++)
            await sensor.PublishAsync($"VB-{i}", 45);
        for (var i = 11; i <= 14; i++)
            await sensor.PublishAsync($"VB-{i}", 45, "Hall 1, Fan 2");
        await Expect(anna.Banner).ToContainTextAsync("Alert flood since");
        await Expect(anna.Banner).ToContainTextAsync("12 not acknowledged on 2 machines");
        await Expect(anna.Banner.GetByRole(AriaRole.Button)).ToHaveCountAsync(2);
        await anna.PictureAsync("flood", fullPage: false);
        await Expect(anna.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^\\(12\\)"));
        var before = await StartedAsync(anna);
        before.ShouldBeGreaterThan(0);

        await sensor.PublishAsync("VB-15", 45, "Hall 1, Fan 2");
        await Expect(anna.Banner).ToContainTextAsync("13 not acknowledged on 2 machines");
        (await StartedAsync(anna)).ShouldBe(before);

        await anna.Banner.GetByRole(AriaRole.Button, new() { Name = "Acknowledge all 8 of" }).ClickAsync();
        var dialog = anna.Page.GetByRole(AriaRole.Dialog, new() { Name = "Acknowledge 8 alerts" });
        await dialog.GetByLabel("Note").FillAsync("Pump 1 was stopped");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(anna.Banner).ToContainTextAsync("5 not acknowledged on 1 machine");
    }

    private async Task<Visitor> ListenerAsync()
    {
        var visitor = await VisitorAsync();
        await visitor.Page.AddInitScriptAsync(Listening);
        await visitor.OpenAsync();
        return visitor;
    }

    private static async Task AllowAsync(Visitor visitor)
    {
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sound off" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sound on" })).ToBeVisibleAsync();
    }

    private static Task<int> StartedAsync(Visitor visitor) => visitor.Page.EvaluateAsync<int>("() => window.tones.started");

    private static Task SoundedAsync(Visitor visitor, string tones) => SoundedAsync(visitor, sounded => sounded.StartsWith(tones, StringComparison.Ordinal));

    private static async Task SoundedAsync(Visitor visitor, Func<string, bool> isSo)
    {
        // Checked whenever another tone has ended.
        for (var heard = 0; ; heard++)
        {
            await visitor.Page.WaitForFunctionAsync(string.Create(CultureInfo.InvariantCulture, $"() => window.tones.sounded.length >= {heard}"));
            if (isSo(await visitor.Page.EvaluateAsync<string>("() => window.tones.sounded.join()")))
                return;
        }
    }
}
