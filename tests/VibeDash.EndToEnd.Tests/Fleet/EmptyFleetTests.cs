using System.Diagnostics;
using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Fleet;

/// <summary>The first page a new user sees.</summary>
public sealed class EmptyFleetTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    [Fact]
    public async Task An_empty_dashboard_says_what_to_do_next_and_the_line_it_offers_works()
    {
        Programs.Find("mosquitto_pub");
        var visitor = await VisitorAtAsync("");
        await visitor.MarkAsync();
        var main = visitor.Page.GetByRole(AriaRole.Main);

        await Expect(main.GetByRole(AriaRole.Heading, new() { Name = "No sensor has sent a reading yet" })).ToBeVisibleAsync();
        await Expect(main.GetByText($"127.0.0.1:{Server.BrokerPort}", new() { Exact = true })).ToBeVisibleAsync();
        var line = await main.GetByText("mosquitto_pub -h").InnerTextAsync();
        line.ShouldContain($"-p {Server.BrokerPort}");

        using var shell = Process.Start("sh", ["-c", line]);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        shell.ExitCode.ShouldBe(0, line);

        await Expect(main.GetByRole(AriaRole.Link, new() { Name = "VB-42345" })).ToBeVisibleAsync();
        await Expect(main.GetByText("No sensor has sent a reading yet")).ToBeHiddenAsync();
        await visitor.WasNotReloadedAsync();
    }

    [Fact]
    public async Task An_empty_dashboard_without_a_live_connection_yet_already_says_it()
    {
        var visitor = await VisitorAsync(new() { JavaScriptEnabled = false });

        await visitor.GoAsync();

        await Expect(visitor.Page.GetByText("mosquitto_pub -h")).ToContainTextAsync($"-p {Server.BrokerPort}");
    }
}
