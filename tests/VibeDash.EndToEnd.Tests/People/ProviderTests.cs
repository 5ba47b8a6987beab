using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.People;

/// <summary>Sign-in with an OpenID Connect provider that is another site for the browser.</summary>
public sealed class ProviderTests : DashboardTest, IClassFixture<TestProvider>
{
    private readonly TestProvider _provider;

    public ProviderTests(PublishedServer published, Chromium chromium, TestProvider provider)
        : base(published, chromium)
    {
        _provider = provider;
        foreach (var (key, value) in provider.Settings)
            Server.Settings[key] = value;
    }

    // The provider is at 127.0.0.1.
    private string Site => Server.Site.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    [Fact]
    public async Task The_button_leads_there_and_back_and_signing_out_ends_both()
    {
        _provider.Person = new("s-1", "Olga Berg", "maintenance");
        var visitor = await VisitorAsync();
        await visitor.Page.GotoAsync(Site + "alerts");
        await visitor.PictureAsync("provider-sign-in", fullPage: true);

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Plant login" }).ClickAsync();
        await visitor.IsLiveAsync();
        visitor.Page.Url.ShouldBe(Site + "alerts");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Olga Berg" }).ClickAsync();
        await Expect(visitor.Page.GetByText("You sign in with Plant login")).ToBeVisibleAsync();
        await visitor.PictureAsync("provider-account", fullPage: true);

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        visitor.Page.Url.ShouldBe(Site + "sign-in");
        _provider.SignedOut.ShouldContain("s-1");
    }

    [Fact]
    public async Task Who_is_refused_is_told_why_on_the_sign_in_page()
    {
        _provider.Person = new("s-2", ServerProcess.Administrator, "owners");
        var visitor = await VisitorAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, ColorScheme = ColorScheme.Dark });
        await visitor.Page.GotoAsync(Site + "sign-in");

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Plant login" }).ClickAsync();

        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Another person here has the name that Plant login gives you");
        await visitor.PictureAsync("provider-refused-phone", fullPage: true);
    }

    [Fact]
    public async Task The_people_page_tells_who_signs_in_with_it()
    {
        _provider.Person = new("s-3", "Nils Holm", "urn:plant:engineers");
        var visitor = await VisitorAsync();
        await visitor.Page.GotoAsync(Site + "sign-in");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Plant login" }).ClickAsync();
        await visitor.IsLiveAsync();

        var administrator = await VisitorAtAsync("people");

        await Expect(administrator.Page.GetByText("from Plant login")).ToBeVisibleAsync();
        await administrator.PictureAsync("provider-people", fullPage: true);
    }
}
