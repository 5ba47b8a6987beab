using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.People;

/// <summary>From the console's link to a session that ends under an open page.</summary>
public sealed class SignInTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    [Fact]
    public async Task The_set_up_link_leads_to_the_fleet_and_signing_out_back_to_the_sign_in_page()
    {
        var visitor = await VisitorAsync();
        await visitor.Page.Context.ClearCookiesAsync();
        await visitor.GoAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await visitor.PictureAsync("sign-in", fullPage: true);

        await visitor.Page.GetByLabel("Name").FillAsync(ServerProcess.Administrator);
        await visitor.Page.GetByLabel("Password").FillAsync("a wrong password");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Name or password is wrong");
        await visitor.PictureAsync("sign-in-wrong", fullPage: true);

        await visitor.Page.GetByLabel("Password").FillAsync(ServerProcess.Password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await visitor.IsLiveAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync(ServerProcess.Administrator);

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = ServerProcess.Administrator }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = ServerProcess.Administrator })).ToBeVisibleAsync();
        await visitor.PictureAsync("account", fullPage: true);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_page_whose_session_has_ended_says_so_and_stops_trying()
    {
        var open = await VisitorAtAsync("alerts");
        open.ServerMayBeAway = true;
        var other = await VisitorAsync();
        await other.GoAsync("account");

        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();

        await Expect(open.Page.GetByText("Your session has ended.")).ToBeVisibleAsync();
        await Expect(open.ConnectionState).ToHaveTextAsync("Signed out");
        await open.PictureAsync("session-ended", fullPage: true);
        var requests = 0;
        open.Page.Request += (_, _) => Interlocked.Increment(ref requests);
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, TestContext.Current.CancellationToken);
        requests.ShouldBe(0);

        await open.Page.GetByRole(AriaRole.Alert).Or(open.Page.Locator(".system-notice")).GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await open.Page.GetByLabel("Name").FillAsync(ServerProcess.Administrator);
        await open.Page.GetByLabel("Password").FillAsync(ServerProcess.Password);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await open.IsLiveAsync();
        open.Page.Url.ShouldEndWith("/alerts");
    }
}
