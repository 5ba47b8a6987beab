using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.People;
using VibeDash.Server.Storage.People;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.People;

/// <summary>Sign-in with an OpenID Connect provider, over plain HTTP.</summary>
public sealed class OpenIdConnectTests : ServerTest, IClassFixture<TestProvider>
{
    private const string Start = "/sign-in/provider";

    private readonly TestProvider _provider;

    public OpenIdConnectTests(TestProvider provider)
    {
        _provider = provider;
        (provider.Person, provider.ForgedNonce, provider.TellsRolesWhenAsked) = (new("s-1", "Olga", "guests"), null, false);
        provider.SignedOut.Clear();
    }

    [Theory]
    [InlineData(Role.Viewer, "guests")]
    [InlineData(Role.Technician, "maintenance")]
    [InlineData(Role.Engineer, "urn:plant:engineers", "guests", "something else")]
    [InlineData(Role.Administrator, "guests", "it")]
    public async Task The_claim_gives_the_role(Role role, params string[] values)
    {
        using var plant = await Plant.SetUpAsync(Server);
        _provider.Person = new("s-1", "Olga", values);
        using var browser = plant.Browser();

        using var answer = await GoAsync(browser, "/account");

        answer.RequestMessage!.RequestUri!.PathAndQuery.ShouldBe("/account");
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("You sign in with Plant login");
        (await MeAsync(browser)).ShouldSatisfyAllConditions(me => me.Name.ShouldBe("Olga"), me => me.Permissions.ShouldBe(RolePermissions.Of(role), ignoreOrder: true));
        var olga = (await PeopleAsync(plant)).Single(person => person.Name == "Olga");
        (olga.Role, olga.Provider, olga.Sessions).ShouldBe((role, "Plant login", 1));
    }

    [Fact]
    public async Task Roles_that_are_told_only_when_asked_for_count()
    {
        using var plant = await Plant.SetUpAsync(Server);
        (_provider.Person, _provider.TellsRolesWhenAsked) = (new("s-1", "Olga", "maintenance", "guests"), true);
        using var browser = plant.Browser();

        using var answer = await GoAsync(browser);

        (await MeAsync(browser)).May(Permission.Act).ShouldBeTrue();
    }

    [Theory]
    [InlineData]
    [InlineData("Guests", "administrator", "")]
    public async Task Without_a_role_nobody_gets_in(params string[] values)
    {
        using var plant = await Plant.SetUpAsync(Server);
        _provider.Person = new("s-1", "Olga", values);
        using var browser = plant.Browser();

        await RefusedAsync(browser, "Plant login knows you, but gives you no role in VibeDash.");

        (await PeopleAsync(plant)).ShouldHaveSingleItem().Name.ShouldBe("Ada");
        (await EntriesAsync(plant)).First().ShouldSatisfyAllConditions(
            entry => (entry.Name, entry.By, entry.Refusal, entry.Origin).ShouldBe(("SignIn", "Olga", RefusalCode.NotPermitted, "127.0.0.1")),
            entry => entry.Detail.ShouldBe("with Plant login, subject s-1: NoRole"));
    }

    [Fact]
    public async Task A_role_that_was_changed_there_counts_from_the_next_sign_in_and_ends_the_other_sessions()
    {
        using var plant = await Plant.SetUpAsync(Server);
        _provider.Person = new("s-1", "Olga", "owners");
        using var old = plant.Browser();
        using (await GoAsync(old))
            (await MeAsync(old)).May(Permission.Administer).ShouldBeTrue();
        _provider.Person = new("s-1", "Olga Berg", "guests");
        using var browser = plant.Browser();

        using (await GoAsync(browser))
            (await MeAsync(browser)).ShouldSatisfyAllConditions(me => me.Name.ShouldBe("Olga Berg"), me => me.Permissions.ShouldBe([Permission.View]));

        (await Plant.StatusAsync(old)).ShouldBe(HttpStatusCode.Unauthorized);
        (await EntriesAsync(plant)).Single(entry => entry.Name == "ChangePerson").ShouldSatisfyAllConditions(
            entry => entry.Detail.ShouldBe("by Plant login, name was Olga"), entry => entry.Before!.ShouldContain("Administrator"), entry => entry.After!.ShouldContain("Viewer"));

        _provider.Person = new("s-1", "Olga Berg");
        using var third = plant.Browser();
        await RefusedAsync(third, "gives you no role");
        (await Plant.StatusAsync(browser)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_account_with_the_name_of_a_person_here_is_not_that_person()
    {
        using var plant = await Plant.SetUpAsync(Server);
        _provider.Person = new("s-1", "ada", "owners");
        using var browser = plant.Browser();

        await RefusedAsync(browser, "Another person here has the name that Plant login gives you, and keeps it.");

        (await PeopleAsync(plant)).ShouldHaveSingleItem().Provider.ShouldBeNull();
        (await EntriesAsync(plant)).First().Detail.ShouldBe("with Plant login, subject s-1: NameTaken");
    }

    [Fact]
    public async Task A_person_is_known_by_the_subject_and_by_no_name()
    {
        using var plant = await Plant.SetUpAsync(Server);
        using var browser = plant.Browser();
        using (await GoAsync(browser))
            (await MeAsync(browser)).Name.ShouldBe("Olga");

        // Another person there, who has been given the name.
        _provider.Person = new("s-2", "Olga", "owners");
        using var other = plant.Browser();
        await RefusedAsync(other, "Another person here has the name");

        // One who is here already and takes it goes on under the old one.
        _provider.Person = new("s-3", "Nils", "guests");
        using (await GoAsync(plant.Browser()))
            _provider.Person = new("s-3", "Olga", "guests");
        using var nils = plant.Browser();
        using (await GoAsync(nils))
            (await MeAsync(nils)).Name.ShouldBe("Nils");
    }

    [Fact]
    public async Task Who_has_no_name_for_the_record_does_not_get_in()
    {
        using var plant = await Plant.SetUpAsync(Server);
        _provider.Person = new("s-1", null, "guests");
        using var browser = plant.Browser();

        await RefusedAsync(browser, "does not tell VibeDash your name");
    }

    [Fact]
    public async Task A_person_who_is_locked_out_here_does_not_get_in()
    {
        using var plant = await Plant.SetUpAsync(Server);
        using var browser = plant.Browser();
        using (await GoAsync(browser))
        {
        }

        var olga = (await PeopleAsync(plant)).Single(person => person.Name == "Olga");
        (await ChangeAsync(plant, olga, new() { IsBlocked = true })).ShouldBe(HttpStatusCode.OK);

        (await Plant.StatusAsync(browser)).ShouldBe(HttpStatusCode.Unauthorized);
        await RefusedAsync(browser, "An administrator of VibeDash has locked you out.");
        (await EntriesAsync(plant)).First().ShouldSatisfyAllConditions(entry => (entry.By, entry.Refusal).ShouldBe(("Olga", RefusalCode.NotPermitted)));
    }

    [Fact]
    public async Task There_is_no_password_here_and_none_can_be_set()
    {
        using var plant = await Plant.SetUpAsync(Server);
        using var browser = plant.Browser();
        using (await GoAsync(browser))
        {
        }

        var olga = (await PeopleAsync(plant)).Single(person => person.Name == "Olga");
        foreach (var edit in new PersonEdit[] { new() { Password = Plant.Password }, new() { Role = Role.Administrator } })
            (await ChangeAsync(plant, olga, edit)).ShouldBe(HttpStatusCode.Conflict);
        (await browser.GetStringAsync("/account", TestContext.Current.CancellationToken)).ShouldNotContain("type=\"password\"");
        using (var changed = await SignInForm.SendFormAsync(browser, "/account", "password", ("Change.Present", ""), ("Change.Next", Plant.Password)))
            changed.IsSuccessStatusCode.ShouldBeFalse();

        using var other = plant.Browser();
        using (await SignInForm.SignInAsync(other, "Olga", Plant.Password))
            (await Plant.StatusAsync(other)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_administrator_with_a_password_stays()
    {
        using var plant = await Plant.SetUpAsync(Server);
        _provider.Person = new("s-1", "Olga", "owners");
        using var olga = plant.Browser();
        using (await GoAsync(olga))
        {
        }

        var ada = (await PeopleAsync(plant)).Single(person => person.Name == "Ada");
        using var removed = await olga.DeleteAsync($"api/v1/people/{ada.Id}", TestContext.Current.CancellationToken);

        removed.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("sign-out")]
    [InlineData("sign-out-everywhere")]
    public async Task Signing_out_ends_the_session_here_and_there(string form)
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (browser, cookies) = Browser();
        using var _ = browser;
        using (await GoAsync(browser))
        {
        }

        // The token that signs out there is in no cookie.
        var cookie = cookies.GetCookieHeader(Server.Http.BaseAddress!);
        cookies.GetAllCookies().ShouldAllBe(one => one.Value.Length < 500 && (one.Name == "vibedash" || one.Name.Contains("Antiforgery", StringComparison.Ordinal)));
        using var left = await SignInForm.SendFormAsync(browser, "/account", form);
        var page = await left.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        using var copy = new HttpClient { BaseAddress = Server.Http.BaseAddress };
        copy.DefaultRequestHeaders.Add("Cookie", cookie);
        (await Plant.StatusAsync(copy)).ShouldBe(HttpStatusCode.Unauthorized);
        left.Headers.CacheControl!.NoStore.ShouldBeTrue();
        using var there = await browser.GetAsync(WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(page, "content=\"0; url=([^\"]+)\"").Groups[1].Value), TestContext.Current.CancellationToken);
        _provider.SignedOut.ShouldBe(["s-1"]);
        there.RequestMessage!.RequestUri.ShouldBe(new Uri(Server.Http.BaseAddress!, "/sign-in"));
        (await EntriesAsync(plant)).First().ShouldSatisfyAllConditions(entry => (entry.Name, entry.By).ShouldBe(("SignOut", "Olga")));
    }

    [Fact]
    public async Task A_callback_that_this_browser_has_not_asked_for_signs_nobody_in()
    {
        using var plant = await Plant.SetUpAsync(Server);
        using var attacker = Browser(follows: false).Http;
        var callback = await CallbackAsync(attacker);

        using var victim = plant.Browser();
        await RefusedAsync(victim, "begun too long ago, or in another browser", callback.PathAndQuery);
        await RefusedAsync(victim, "begun too long ago, or in another browser", "/sign-in/provider/callback?code=forged&state=forged");
        await RefusedAsync(victim, "begun too long ago, or in another browser", "/sign-in/provider/callback");
        using (var form = new FormUrlEncodedContent([new("code", "forged"), new("state", "forged"), new("id_token", "e30.e30.")]))
        using (var answer = await victim.PostAsync("/sign-in/provider/callback", form, TestContext.Current.CancellationToken))
            (await Plant.StatusAsync(victim)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_callback_is_good_once()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (browser, cookies) = Browser(follows: false);
        using var _ = browser;
        var callback = await CallbackAsync(browser);
        using (var first = await browser.GetAsync(callback, TestContext.Current.CancellationToken))
            (await Plant.StatusAsync(browser)).ShouldBe(HttpStatusCode.OK);
        foreach (var cookie in cookies.GetAllCookies().ToArray())
            cookie.Expired = true;

        using var again = await browser.GetAsync(callback, TestContext.Current.CancellationToken);

        again.Headers.Location!.OriginalString.ShouldStartWith("/sign-in?refusal=Stale");
        (await Plant.StatusAsync(browser)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_with_another_nonce_signs_nobody_in(bool isForged)
    {
        using var plant = await Plant.SetUpAsync(Server);
        _provider.ForgedNonce = isForged ? "another" : null;
        var (browser, cookies) = Browser(follows: false);
        using var _ = browser;
        var callback = await CallbackAsync(browser);
        if (!isForged)
            cookies.GetAllCookies().Single(cookie => cookie.Name.Contains("Nonce", StringComparison.Ordinal)).Expired = true;

        using var answer = await browser.GetAsync(callback, TestContext.Current.CancellationToken);

        answer.Headers.Location!.OriginalString.ShouldStartWith("/sign-in?refusal=Stale");
        (await Plant.StatusAsync(browser)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_code_with_the_state_of_another_sign_in_signs_nobody_in()
    {
        using var plant = await Plant.SetUpAsync(Server);
        using var attacker = Browser(follows: false).Http;
        var theirs = Query(await CallbackAsync(attacker));
        using var victim = Browser(follows: false).Http;
        var own = Query(await CallbackAsync(victim));

        // The code belongs to another code verifier (PKCE).
        using var answer = await victim.GetAsync($"/sign-in/provider/callback?code={Uri.EscapeDataString(theirs["code"]!)}&state={Uri.EscapeDataString(own["state"]!)}", TestContext.Current.CancellationToken);

        answer.Headers.Location!.OriginalString.ShouldStartWith("/sign-in?refusal=Declined");
        (await Plant.StatusAsync(victim)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_declines_there_is_told_so_here()
    {
        using var plant = await Plant.SetUpAsync(Server);
        _provider.Person = null;
        using var browser = plant.Browser();

        await RefusedAsync(browser, "Plant login has not signed you in.");
    }

    [Fact]
    public async Task Signing_in_over_a_session_of_another_person_is_a_new_session()
    {
        using var plant = await Plant.SetUpAsync(Server);
        await plant.AddAsync("Vera", Role.Viewer);
        var (browser, cookies) = Browser(follows: false);
        using var _ = browser;
        var callback = await CallbackAsync(browser);

        // Somebody else signs in in another tab before the provider answers.
        using (await SignInForm.SignInAsync(browser, "Vera", Plant.Password))
            (await MeAsync(browser)).Name.ShouldBe("Vera");
        using var copy = new HttpClient { BaseAddress = Server.Http.BaseAddress };
        copy.DefaultRequestHeaders.Add("Cookie", cookies.GetCookieHeader(Server.Http.BaseAddress!));
        using (await browser.GetAsync(callback, TestContext.Current.CancellationToken))
            (await MeAsync(browser)).Name.ShouldBe("Olga");

        (await Plant.StatusAsync(copy)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_link_changes_nothing_for_who_is_signed_in()
    {
        using var plant = await Plant.SetUpAsync(Server);

        using var answer = await GoAsync(plant.Ada);

        (await MeAsync(plant.Ada)).Name.ShouldBe("Ada");
    }

    [Theory]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example/", "/")]
    [InlineData("/alerts?state=open", "/alerts?state=open")]
    public async Task Signing_in_leads_to_no_other_site(string returnUrl, string target)
    {
        using var plant = await Plant.SetUpAsync(Server);
        using var browser = Browser(follows: false).Http;

        using var answer = await browser.GetAsync(await CallbackAsync(browser, returnUrl), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldBe(target);
    }

    [Fact]
    public async Task A_provider_that_is_down_is_told_and_the_password_goes_on_working()
    {
        using (await Plant.SetUpAsync(Server))
            await RestartServerAsync();
        await _provider.StopAsync();
        try
        {
            using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = Server.Http.BaseAddress };
            await RefusedAsync(browser, "Plant login does not answer.");
            using (await SignInForm.SignInAsync(browser, "Ada", Plant.Password))
                (await Plant.StatusAsync(browser)).ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            await _provider.StartAsync();
        }

        using var after = new HttpClient(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = Server.Http.BaseAddress };
        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await GoAsync(after);
                return await Plant.StatusAsync(after) == HttpStatusCode.OK;
            },
            "the provider that is back signs in");
    }

    [Fact]
    public async Task A_provider_that_goes_down_while_somebody_signs_in_is_told()
    {
        using var plant = await Plant.SetUpAsync(Server);
        using var browser = Browser(follows: false).Http;
        var callback = await CallbackAsync(browser, "/alerts");
        await _provider.StopAsync();
        try
        {
            using var answer = await browser.GetAsync(callback, TestContext.Current.CancellationToken);
            answer.Headers.Location!.OriginalString.ShouldBe("/sign-in?refusal=Unreachable&returnUrl=%2Falerts");
        }
        finally
        {
            await _provider.StartAsync();
        }
    }

    [Fact]
    public async Task Until_the_set_up_link_was_used_the_provider_adds_nobody()
    {
        using var browser = Browser(follows: false).Http;
        using var answer = await browser.GetAsync(Start, TestContext.Current.CancellationToken);

        answer.Headers.Location!.OriginalString.ShouldBe("/");
        Server.Services.GetRequiredService<FirstPerson>().IsThere.ShouldBeFalse();
    }

    [Fact]
    public async Task A_session_ends_after_its_hours_whatever_renews_it()
    {
        using var plant = await Plant.SetUpAsync(Server);
        using (await GoAsync(plant.Browser()))
        {
        }

        await using var context = await Server.Services.GetRequiredService<IDbContextFactory<PeopleContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var row = context.Sessions.AsNoTracking().OrderByDescending(session => session.CreatedAt).First();
        (row.ExpiresAt - row.CreatedAt).ShouldBeInRange(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1), TimeSpan.FromHours(24));
        var (store, ticket) = (Server.Services.GetRequiredService<SessionStore>(), TicketSerializer.Default.Deserialize(row.Ticket)!);
        var (key, end) = (await store.StoreAsync(ticket), ticket.Properties.ExpiresUtc);

        ticket.Properties.ExpiresUtc = end + TimeSpan.FromDays(14);
        await store.RenewAsync(key, ticket);

        (await store.RetrieveAsync(key))!.Properties.ExpiresUtc.ShouldBe(end);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker(_provider.Settings);

    private static Task<HttpResponseMessage> GoAsync(HttpClient browser, string returnUrl = "/") =>
        browser.GetAsync($"{Start}?returnUrl={Uri.EscapeDataString(returnUrl)}", TestContext.Current.CancellationToken);

    private static async Task RefusedAsync(HttpClient browser, string sentence, string path = Start)
    {
        using var answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);
        answer.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/sign-in");
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(sentence);
        (await Plant.StatusAsync(browser)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<SignedIn> MeAsync(HttpClient browser) => (await browser.GetFromJsonAsync("api/v1/me", DashboardJson.Default.SignedIn, TestContext.Current.CancellationToken))!;

    private static async Task<PersonAccount[]> PeopleAsync(Plant plant) =>
        (await plant.Ada.GetFromJsonAsync("api/v1/people", DashboardJson.Default.PersonAccountArray, TestContext.Current.CancellationToken))!;

    private static async Task<CommandEntry[]> EntriesAsync(Plant plant) =>
        (await plant.Ada.GetFromJsonAsync("api/v1/commands", DashboardJson.Default.CommandEntryArray, TestContext.Current.CancellationToken))!;

    private static async Task<HttpStatusCode> ChangeAsync(Plant plant, PersonAccount person, PersonEdit edit)
    {
        using var answer = await plant.Ada.PatchAsJsonAsync($"api/v1/people/{person.Id}", edit, DashboardJson.Default.PersonEdit, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static System.Collections.Specialized.NameValueCollection Query(Uri address) => System.Web.HttpUtility.ParseQueryString(address.Query);

    /// <summary>The address to which the provider sends the browser back, not yet followed.</summary>
    private static async Task<Uri> CallbackAsync(HttpClient browser, string returnUrl = "/")
    {
        using var start = await GoAsync(browser, returnUrl);
        using var there = await browser.GetAsync(start.Headers.Location, TestContext.Current.CancellationToken);
        return there.Headers.Location!;
    }

    private (HttpClient Http, CookieContainer Cookies) Browser(bool follows = true)
    {
        var cookies = new CookieContainer();
        var http = new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = follows }) { BaseAddress = Server.Http.BaseAddress };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/json");
        return (http, cookies);
    }
}
