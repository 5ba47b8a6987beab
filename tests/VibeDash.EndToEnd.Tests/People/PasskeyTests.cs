using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.People;

/// <summary>Passkeys, with a virtual authenticator of the browser.</summary>
public sealed class PasskeyTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    // A passkey is for a host name; an address has none.
    private string Site => Server.Site.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    [Fact]
    public async Task A_passkey_is_added_signs_in_and_is_removed()
    {
        var visitor = await VisitorAsync();
        var authenticator = await VirtualAuthenticator.AddAsync(visitor.Page);
        await SignInWithPasswordAsync(visitor);
        await visitor.Page.GotoAsync(Site + "account");
        await visitor.Page.GetByLabel("Name of a new one").FillAsync("Phone");
        await visitor.Page.Locator("form", new() { HasText = "Add a passkey" }).GetByLabel("Password").FillAsync("a wrong password");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("password is wrong");

        await AddAsync(visitor, "Phone");
        (await authenticator.CountAsync()).ShouldBe(1);
        await visitor.PictureAsync("passkey-account", fullPage: true);

        // An authenticator that has one of the account makes no second.
        await BeginAsync(visitor, "Phone again");
        await visitor.PictureAsync("passkey-make", fullPage: true);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Make the passkey" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This device has a passkey of this account already.");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();

        await SignOutAsync(visitor);
        await visitor.PictureAsync("passkey-sign-in", fullPage: true);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await visitor.IsLiveAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync(ServerProcess.Administrator);
        await visitor.Page.GotoAsync(Site + "audit");
        await Expect(visitor.Page.GetByText("with the passkey Phone")).ToBeVisibleAsync();

        var open = await VisitorAsync();
        open.ServerMayBeAway = true;
        await SignInWithPasswordAsync(open);
        await visitor.Page.GotoAsync(Site + "account");
        await visitor.Page.GetByRole(AriaRole.Radio, new() { Name = "Phone" }).CheckAsync();
        await visitor.Page.Locator("form", new() { HasText = "Remove it" }).GetByLabel("Password").FillAsync(ServerProcess.Password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Expect(visitor.Page.GetByText("is removed, and all your other sessions have ended")).ToBeVisibleAsync();
        await Expect(open.Page.GetByText("Your session has ended.")).ToBeVisibleAsync();

        await SignOutAsync(visitor);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This passkey is not known here");
    }

    [Fact]
    public async Task A_person_who_is_locked_out_is_refused_and_so_is_one_whom_the_authenticator_does_not_verify()
    {
        var administrator = await VisitorAsync();
        await administrator.GoAsync("people");
        await administrator.IsLiveAsync();
        await administrator.Page.GetByLabel("Name, recorded with every change").FillAsync("Vera");
        await administrator.Page.GetByLabel("First password").FillAsync(ServerProcess.Password);
        await administrator.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(administrator.Page.GetByRole(AriaRole.Button, new() { Name = "Lock out Vera" })).ToBeVisibleAsync();

        var visitor = await VisitorAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, ColorScheme = ColorScheme.Dark });
        visitor.ServerMayBeAway = true;
        var authenticator = await VirtualAuthenticator.AddAsync(visitor.Page);
        await SignInWithPasswordAsync(visitor, "Vera");
        await visitor.Page.GotoAsync(Site + "account");
        await AddAsync(visitor, "Laptop");
        await visitor.PictureAsync("passkey-account-phone", fullPage: true);
        await SignOutAsync(visitor);

        await authenticator.VerifiesAsync(false);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The browser has given no passkey");
        await visitor.PictureAsync("passkey-refused-phone", fullPage: true);

        await authenticator.VerifiesAsync(true);
        await administrator.OpenAsync("people");
        await Expect(administrator.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the passkeys of Vera" })).ToBeVisibleAsync();
        await administrator.PictureAsync("passkey-people", fullPage: true);
        await administrator.Page.GetByRole(AriaRole.Button, new() { Name = "Lock out Vera" }).ClickAsync();
        await administrator.Page.Locator(".confirm .is-danger").ClickAsync();
        await Expect(administrator.Page.GetByText("Locked out")).ToBeVisibleAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("or the account is locked");
    }

    [Fact]
    public async Task Where_the_browser_offers_no_passkeys_the_page_says_why()
    {
        var visitor = await VisitorAsync();
        await visitor.GoAsync("account");
        await Expect(visitor.Page.GetByText("Passkeys need HTTPS")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" })).ToBeHiddenAsync();

        await visitor.Page.Context.ClearCookiesAsync();
        await visitor.GoAsync("sign-in");
        await Expect(visitor.Page.GetByText("Passkeys need HTTPS")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" })).ToBeHiddenAsync();
        await visitor.PictureAsync("passkey-none", fullPage: true);
    }

    private async Task SignInWithPasswordAsync(Visitor visitor, string name = ServerProcess.Administrator)
    {
        await visitor.Page.Context.ClearCookiesAsync();
        await visitor.Page.GotoAsync(Site);
        await visitor.Page.GetByLabel("Name").FillAsync(name);
        await visitor.Page.GetByLabel("Password").FillAsync(ServerProcess.Password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await visitor.IsLiveAsync();
    }

    private static async Task BeginAsync(Visitor visitor, string name)
    {
        await visitor.Page.GetByLabel("Name of a new one").FillAsync(name);
        await visitor.Page.Locator("form", new() { HasText = "Add a passkey" }).GetByLabel("Password").FillAsync(ServerProcess.Password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Expect(visitor.Page.GetByText($"keep the passkey “{name}”")).ToBeVisibleAsync();
    }

    private static async Task AddAsync(Visitor visitor, string name)
    {
        await BeginAsync(visitor, name);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Make the passkey" }).ClickAsync();
        await Expect(visitor.Page.GetByText($"The passkey “{name}” is added.")).ToBeVisibleAsync();
    }

    private async Task SignOutAsync(Visitor visitor)
    {
        await visitor.Page.GotoAsync(Site + "account");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }
}
