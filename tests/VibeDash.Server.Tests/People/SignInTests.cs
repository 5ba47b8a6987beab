using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.People;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.People;

public sealed class SignInTests : ServerTest
{
    [Fact]
    public async Task In_development_the_demo_person_is_signed_in_until_there_is_a_first_person()
    {
        using var anybody = new HttpClient { BaseAddress = Server.Http.BaseAddress };
        var demo = (await anybody.GetFromJsonAsync("api/v1/me", DashboardJson.Default.SignedIn, TestContext.Current.CancellationToken))!;

        (demo.Name, demo.IsDemo, demo.Permissions.Length).ShouldBe(("Demo person", true, 6));

        using var plant = await Plant.SetUpAsync(Server);
        (await Plant.StatusAsync(anybody)).ShouldBe(HttpStatusCode.Unauthorized);
        var ada = (await plant.Ada.GetFromJsonAsync("api/v1/me", DashboardJson.Default.SignedIn, TestContext.Current.CancellationToken))!;
        (ada.Name, ada.IsDemo, ada.May(Permission.Administer)).ShouldBe(("Ada", false, true));
    }

    [Fact]
    public async Task A_request_under_the_name_of_another_site_is_not_the_demo_person()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Server.Http.BaseAddress!, "api/v1/status")) { Headers = { Host = "rebound.example" } };
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        answer.IsSuccessStatusCode.ShouldBeFalse();
    }

    [Fact]
    public async Task The_set_up_link_adds_one_person_once()
    {
        var link = Server.Services.GetRequiredService<FirstPerson>().Link;
        using var plant = await Plant.SetUpAsync(Server);
        using var other = plant.Browser();

        (await other.GetStringAsync(link, TestContext.Current.CancellationToken)).ShouldContain("This link is not valid");
        (await plant.Ada.GetFromJsonAsync("api/v1/people", DashboardJson.Default.PersonAccountArray, TestContext.Current.CancellationToken))!
            .ShouldHaveSingleItem().ShouldSatisfyAllConditions(person => (person.Name, person.Role).ShouldBe(("Ada", Role.Administrator)));
    }

    [Fact]
    public async Task A_link_with_another_secret_adds_nobody()
    {
        using var browser = new HttpClient { BaseAddress = Server.Http.BaseAddress };

        (await browser.GetStringAsync("/set-up?secret=guessed", TestContext.Current.CancellationToken)).ShouldContain("This link is not valid");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_whoever_has_a_copy_of_the_cookie()
    {
        using var plant = await Plant.SetUpAsync(Server);
        using var signIn = await SignInForm.SignInAsync(plant.Browser(), "Ada", Plant.Password);
        var handler = new HttpClientHandler { CookieContainer = new() };
        using var browser = new HttpClient(handler) { BaseAddress = Server.Http.BaseAddress };
        using (await SignInForm.SignInAsync(browser, "Ada", Plant.Password))
        using (var thief = new HttpClient { BaseAddress = Server.Http.BaseAddress })
        {
            thief.DefaultRequestHeaders.Add("Cookie", handler.CookieContainer.GetCookieHeader(Server.Http.BaseAddress!));
            (await Plant.StatusAsync(thief)).ShouldBe(HttpStatusCode.OK);

            using (await browser.PostAsync("api/v1/me/sign-out", null, TestContext.Current.CancellationToken))
            {
            }

            (await Plant.StatusAsync(browser)).ShouldBe(HttpStatusCode.Unauthorized);
            (await Plant.StatusAsync(thief)).ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task Signing_in_over_a_session_of_another_person_is_a_new_session()
    {
        using var plant = await Plant.SetUpAsync(Server);
        await plant.AddAsync("Vera", Role.Viewer);
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = Server.Http.BaseAddress };
        using (await SignInForm.SignInAsync(browser, "Vera", Plant.Password))
        using (var copy = new HttpClient { BaseAddress = Server.Http.BaseAddress })
        {
            copy.DefaultRequestHeaders.Add("Cookie", cookies.GetCookieHeader(Server.Http.BaseAddress!));
            (await Plant.StatusAsync(copy)).ShouldBe(HttpStatusCode.OK);

            // As from a page to sign in that has stayed open.
            using (await SignInForm.SendFormToAsync(browser, "/sign-in", "/account", "sign-in", ("Entry.Name", "Ada"), ("Entry.Password", Plant.Password)))
                (await browser.GetFromJsonAsync("api/v1/me", DashboardJson.Default.SignedIn, TestContext.Current.CancellationToken))!.Name.ShouldBe("Ada");

            (await Plant.StatusAsync(copy)).ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task A_changed_password_keeps_this_browser_and_ends_the_others()
    {
        using var plant = await Plant.SetUpAsync(Server);
        await plant.AddAsync("Eve", Role.Viewer);
        using var here = await plant.SignInAsync("Eve");
        using var there = await plant.SignInAsync("Eve");

        using (var wrong = await SignInForm.SendFormAsync(here, "/account", "password", ("Change.Present", "not the password"), ("Change.Next", "another good secret")))
            (await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("The present password is wrong.");
        (await Plant.StatusAsync(there)).ShouldBe(HttpStatusCode.OK);
        using (var changed = await SignInForm.SendFormAsync(here, "/account", "password", ("Change.Present", Plant.Password), ("Change.Next", "another good secret")))
            (await changed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("The password is changed");

        (await Plant.StatusAsync(here)).ShouldBe(HttpStatusCode.OK);
        (await Plant.StatusAsync(there)).ShouldBe(HttpStatusCode.Unauthorized);
        using var again = await plant.SignInAsync("Eve", "another good secret");
    }

    [Fact]
    public async Task A_person_is_locked_out_although_wrong_passwords_are_counted_meanwhile()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var eve = await plant.AddAsync("Eve", Role.Engineer);
        using var working = await plant.SignInAsync("Eve");
        using var scope = Server.Services.CreateScope();
        var people = scope.ServiceProvider.GetRequiredService<PersonSignIn>().UserManager;
        var known = (await people.FindByNameAsync("Eve"))!;
        await people.AccessFailedAsync(known);

        using (var answer = await plant.Ada.PatchAsJsonAsync($"api/v1/people/{eve.Id}", new PersonEdit { IsBlocked = true }, DashboardJson.Default.PersonEdit, TestContext.Current.CancellationToken))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await people.AccessFailedAsync(known)).Succeeded.ShouldBeFalse();

        (await Plant.StatusAsync(working)).ShouldBe(HttpStatusCode.Unauthorized);
        (await plant.Ada.GetFromJsonAsync("api/v1/people", DashboardJson.Default.PersonAccountArray, TestContext.Current.CancellationToken))!.Single(person => person.Name == "Eve").IsBlocked.ShouldBeTrue();
    }

    [Fact]
    public async Task Through_a_proxy_on_this_machine_nobody_is_the_demo_person()
    {
        using var http = new HttpClient { BaseAddress = Server.Http.BaseAddress };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");

        (await Plant.StatusAsync(http)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_session_survives_a_restart()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = Server.Http.BaseAddress };
        using (await SignInForm.SignInAsync(browser, "Ada", Plant.Password))
        {
        }

        var cookie = cookies.GetCookieHeader(Server.Http.BaseAddress!);
        await RestartServerAsync();

        using var after = new HttpClient { BaseAddress = Server.Http.BaseAddress };
        after.DefaultRequestHeaders.Add("Cookie", cookie);
        (await Plant.StatusAsync(after)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Ada", "wrong wrong wrong")]
    [InlineData("Nobody", Plant.Password)]
    [InlineData("Blocked", Plant.Password)]
    public async Task A_refused_sign_in_says_the_same_whatever_was_wrong(string name, string password)
    {
        using var plant = await Plant.SetUpAsync(Server);
        var blocked = await plant.AddAsync("Blocked", Role.Viewer);
        using (await plant.Ada.PatchAsJsonAsync($"api/v1/people/{blocked.Id}", new PersonEdit { IsBlocked = true }, DashboardJson.Default.PersonEdit, TestContext.Current.CancellationToken))
        using (var browser = plant.Browser())
        using (var answer = await SignInForm.SignInAsync(browser, name, password))
        {
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Name or password is wrong, or the account is locked.");
            (await Plant.StatusAsync(browser)).ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task Ten_wrong_passwords_lock_the_name_and_leave_its_sessions_open()
    {
        using var plant = await Plant.SetUpAsync(Server);
        await plant.AddAsync("Eve", Role.Viewer);
        using var working = await plant.SignInAsync("Eve");
        var signIn = Server.Services.CreateScope().ServiceProvider.GetRequiredService<PersonSignIn>();
        var people = signIn.UserManager;
        for (var tries = 0; tries < 10; tries++)
            await people.AccessFailedAsync((await people.FindByNameAsync("Eve"))!);

        using var browser = plant.Browser();
        using (await SignInForm.SignInAsync(browser, "Eve", Plant.Password))
        {
        }

        (await Plant.StatusAsync(browser)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Plant.StatusAsync(working)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_address_may_try_ten_times_at_once()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(guess => SignInForm.SignInAsync(plant.Browser(), $"Guess {guess}", "some password of mine")));
        var statuses = answers.GroupBy(answer => answer.StatusCode).ToDictionary(group => group.Key, group => group.Count());
        foreach (var answer in answers)
            answer.Dispose();

        // Ten, and one more for each six seconds that a slow machine takes.
        statuses[HttpStatusCode.OK].ShouldBeInRange(9, 25);
        statuses[HttpStatusCode.TooManyRequests].ShouldBe(40 - statuses[HttpStatusCode.OK]);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task Signing_in_leads_to_no_other_site(string returnUrl)
    {
        using var plant = await Plant.SetUpAsync(Server);
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new(), AllowAutoRedirect = false }) { BaseAddress = Server.Http.BaseAddress };
        using var answer = await SignInForm.SendAsync(browser, $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", ("Entry.Name", "Ada"), ("Entry.Password", Plant.Password));

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        new Uri(Server.Http.BaseAddress!, answer.Headers.Location!).ShouldBe(Server.Http.BaseAddress);
    }

    [Theory]
    [InlineData("short", FaultKind.Length)]
    [InlineData("vibedash12345", FaultKind.Common)]
    [InlineData("abcabcabcabcabc", FaultKind.Common)]
    [InlineData("passwordpassword", FaultKind.Common)]
    public async Task A_password_that_is_tried_first_is_refused(string password, FaultKind kind)
    {
        using var plant = await Plant.SetUpAsync(Server);
        using var answer = await plant.Ada.PostAsJsonAsync("api/v1/people", new NewPerson("Bob", password, Role.Viewer), DashboardJson.Default.NewPerson, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain($"Password{kind}");
    }

    [Fact]
    public async Task A_form_that_is_out_of_date_does_nothing_and_the_page_says_so()
    {
        using var plant = await Plant.SetUpAsync(Server);
        await plant.AddAsync("Eve", Role.Viewer);
        using var browser = plant.Browser();
        var earlier = await SignInForm.ReadyAsync(browser, "/sign-in?returnUrl=%2Falerts", ("Entry.Name", "Eve"), ("Entry.Password", Plant.Password));
        using (await SignInForm.SignInAsync(browser, "Ada", Plant.Password))
        {
        }

        // In the other tab somebody has signed in meanwhile, who stays signed in.
        using (var answer = await earlier())
            answer.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/alerts");
        (await browser.GetFromJsonAsync("api/v1/me", DashboardJson.Default.SignedIn, TestContext.Current.CancellationToken))!.Name.ShouldBe("Ada");

        var account = await SignInForm.ReadyAsync(browser, "/account");
        using (await browser.PostAsync("api/v1/me/sign-out", null, TestContext.Current.CancellationToken))
        using (await SignInForm.SignInAsync(browser, "Eve", Plant.Password))
        using (var answer = await account())
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.RequestMessage!.RequestUri!.PathAndQuery.ShouldBe("/account?stale=true");
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("The page was out of date");
        }
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var ada = (await plant.Ada.GetFromJsonAsync("api/v1/people", DashboardJson.Default.PersonAccountArray, TestContext.Current.CancellationToken))!.Single();

        foreach (var edit in new PersonEdit[] { new() { Role = Role.Engineer }, new() { IsBlocked = true } })
        {
            using var answer = await plant.Ada.PatchAsJsonAsync($"api/v1/people/{ada.Id}", edit, DashboardJson.Default.PersonEdit, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        }

        using var removed = await plant.Ada.DeleteAsync($"api/v1/people/{ada.Id}", TestContext.Current.CancellationToken);
        removed.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Plant.StatusAsync(plant.Ada)).ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>End of the name of a fault of a password.</summary>
    public enum FaultKind
    {
        /// <summary>Too short.</summary>
        Length,

        /// <summary>Tried first.</summary>
        Common,
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();
}
