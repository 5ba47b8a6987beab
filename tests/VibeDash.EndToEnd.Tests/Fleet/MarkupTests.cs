using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Fleet;

/// <summary>Text from sensors and users is shown as written and never interpreted as markup.</summary>
public sealed class MarkupTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    private const string Place = "<img src=x onerror=attack()>Hall";
    private const string Machine = "<script>attack()</script><b>Pump</b>";

    // The maximum length of a unit.
    private const string Unit = "<svg/onload=a()>";

    [Fact]
    public async Task Markup_in_a_location_is_shown_as_text()
    {
        var visitor = await AttackedAsync();
        var sensor = await SensorAsync();
        var main = visitor.Page.GetByRole(AriaRole.Main);

        await sensor.PublishAsync("VB-9", 45, $"{Place}, {Machine}");
        await visitor.OpenAsync();

        await Expect(main.GetByRole(AriaRole.Heading, new() { Name = Place, Exact = true })).ToBeVisibleAsync();
        await Expect(main.GetByRole(AriaRole.Heading, new() { Name = Machine, Exact = true })).ToBeVisibleAsync();
        await Expect(visitor.Banner).ToContainTextAsync(Machine);

        await visitor.OpenAsync("sensors/VB-9");

        await Expect(main.GetByText($"{Place}, {Machine}", new() { Exact = true })).ToBeVisibleAsync();
        await NothingRanAsync(visitor);
    }

    [Fact]
    public async Task Markup_in_a_note_is_shown_as_text()
    {
        var visitor = await AttackedAsync();
        var sensor = await SensorAsync();
        await sensor.PublishAsync("VB-9", 45);
        await visitor.OpenAsync("alerts/1");

        await visitor.AcknowledgeAsync("VB-9", Machine);

        await Expect(visitor.Banner).ToContainTextAsync(Machine);
        await Expect(visitor.Page.GetByRole(AriaRole.Main).GetByText(Machine).First).ToBeVisibleAsync();
        await NothingRanAsync(visitor);
    }

    [Fact]
    public async Task Markup_in_a_unit_is_shown_as_text_in_the_chart_too()
    {
        var visitor = await AttackedAsync();
        var sensor = await SensorAsync();
        await sensor.PublishAsync("VB-9", 5, unit: Unit);
        await visitor.OpenAsync("sensors/VB-9");
        await Expect(visitor.Chart.Locator("svg").First).ToBeVisibleAsync();
        await Expect(visitor.Chart).ToContainTextAsync(Unit);

        await visitor.PointAtLatestReadingAsync();

        await Expect(visitor.ChartTooltip).ToBeVisibleAsync();
        await NothingRanAsync(visitor);
        await Expect(visitor.ChartTooltip).ToContainTextAsync(Unit);
    }

    private static async Task NothingRanAsync(Visitor visitor) =>
        (await visitor.Page.EvaluateAsync<bool>("() => window.attacked === true")).ShouldBeFalse("Markup was executed.");

    private async Task<Visitor> AttackedAsync()
    {
        var visitor = await VisitorAsync();
        await visitor.Page.AddInitScriptAsync("window.attack = window.a = () => { window.attacked = true; };");
        return visitor;
    }
}
