using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Time.Testing;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.People;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.People;

public sealed partial class DisplayTests : ServerTest
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_display_is_paired_by_its_code_shows_its_place_and_survives_a_restart()
    {
        using var plant = await Plant.SetUpAsync(Server);
        await Server.PostEventsAsync(TestSensor.Event(50, Now, "VB-1", location: "Hall 1, Pump"), TestSensor.Event(50, Now, "VB-2", location: "Hall 2, Pump"));
        await plant.AddAsync("Erik", Role.Engineer);
        var erik = await plant.SignInAsync("Erik");
        var cookies = new CookieContainer();
        using var display = Browser(cookies);
        var code = await CodeAsync(display);
        (await Plant.StatusAsync(display)).ShouldBe(HttpStatusCode.Unauthorized);

        // The same code as long as it is valid, and it is typed with or without the gap.
        (await CodeAsync(display)).ShouldBe(code);
        var key = await PairAsync(erik, new(code.ToLowerInvariant(), "Press shop") { Places = ["Hall 1"] });
        (key.Name, key.CreatedBy).ShouldBe(("Press shop", "Erik"));
        key.Permissions.ShouldBe([Permission.View]);

        using (var page = await display.GetAsync("/display", TestContext.Current.CancellationToken))
            page.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/");
        var me = (await display.GetFromJsonAsync("api/v1/me", DashboardJson.Default.SignedIn, TestContext.Current.CancellationToken))!;
        (me.Name, me.IsDisplay, me.Places![0]).ShouldBe(("Press shop", true, "Hall 1"));
        (await display.GetFromJsonAsync("api/v1/fleet", DashboardJson.Default.FleetSnapshot, TestContext.Current.CancellationToken))!.Sensors.ShouldHaveSingleItem().SensorId.ShouldBe("VB-1");
        using (var act = await display.PostAsJsonAsync("api/v1/alerts/actions", new AlertAction(Core.Alerts.AlertTrigger.Acknowledged) { AlertIds = [1] }, DashboardJson.Default.AlertAction, TestContext.Current.CancellationToken))
            act.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        await RestartServerAsync();
        using var after = Browser(cookies);
        (await Plant.StatusAsync(after)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_revoked_display_is_cut_off_at_once_and_shows_how_to_be_paired_anew()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var cookies = new CookieContainer();
        using var display = Browser(cookies);
        var key = await PairAsync(plant.Ada, new(await CodeAsync(display), "Press shop"));
        using (await display.GetAsync("/display", TestContext.Current.CancellationToken))
            (await Plant.StatusAsync(display)).ShouldBe(HttpStatusCode.OK);
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(Server.Http.BaseAddress!, LiveHubMethods.Path), options => options.Cookies = cookies).Build();
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync(TestContext.Current.CancellationToken);

        using (await plant.Ada.PostAsync($"api/v1/keys/{key.Id}/revoke", null, TestContext.Current.CancellationToken))
            await closed.Task.WaitAsync(TimeLimit.Limit, TestContext.Current.CancellationToken);

        (await Plant.StatusAsync(display)).ShouldBe(HttpStatusCode.Unauthorized);
        using var page = await display.GetAsync("/", TestContext.Current.CancellationToken);
        page.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/sign-in");
        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("href=\"/display\"");
    }

    [Fact]
    public async Task Who_may_only_look_pairs_nothing_and_a_limited_engineer_only_what_they_see()
    {
        using var plant = await Plant.SetUpAsync(Server);
        await plant.AddAsync("Vera", Role.Viewer);
        using (await plant.Ada.PostAsJsonAsync("api/v1/people", new NewPerson("Lena", Plant.Password, Role.Engineer) { Places = ["Hall 1"] }, DashboardJson.Default.NewPerson, TestContext.Current.CancellationToken))
        {
        }

        using var display = Browser(new());
        var code = await CodeAsync(display);
        var lena = await plant.SignInAsync("Lena");

        (await RefusedAsync(await plant.SignInAsync("Vera"), new(code, "Mine"))).ShouldBe((HttpStatusCode.Forbidden, "NotPermitted"));
        (await RefusedAsync(lena, new(code, "Hers") { Places = ["Hall 1, Line 1", "Hall 2"] })).ShouldBe((HttpStatusCode.Forbidden, "OutsidePlaces"));
        (await RefusedAsync(lena, new("ABCDEFGH", "Hers"))).ShouldBe((HttpStatusCode.NotFound, "DisplayCodeUnknown"));
        (await PairAsync(lena, new(code, "Hers"))).Places.ShouldBe(["Hall 1"]);
        (await RefusedAsync(lena, new(code, "Again"))).ShouldBe((HttpStatusCode.NotFound, "DisplayCodeUnknown"));
    }

    [Fact]
    public async Task A_key_that_may_do_more_than_look_signs_in_nobody_as_a_cookie()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (acts, _) = await plant.KeyAsync(new("Robot", [Permission.Act]));
        var (looks, _) = await plant.KeyAsync(new("Board", [Permission.View]));
        foreach (var (key, status) in new[] { (acts, HttpStatusCode.Unauthorized), (looks, HttpStatusCode.OK) })
        {
            var cookies = new CookieContainer();
            cookies.Add(Server.Http.BaseAddress!, new Cookie("vibedash-display", key.Secret));
            using var browser = Browser(cookies);
            (await Plant.StatusAsync(browser)).ShouldBe(status);
        }
    }

    [Fact]
    public async Task Somebody_signs_in_at_a_display_and_it_is_one_again_afterwards()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var tom = await plant.AddAsync("Tom", Role.Technician);
        using var display = Browser(new());
        await PairAsync(plant.Ada, new(await CodeAsync(display), "Press shop"));
        using (await display.GetAsync("/display", TestContext.Current.CancellationToken))
        {
        }

        using (await SignInForm.SignInAsync(display, "Tom", Plant.Password))
            (await NameAsync(display)).ShouldBe("Tom");
        using (await plant.Ada.PatchAsJsonAsync($"api/v1/people/{tom.Id}", new PersonEdit { IsBlocked = true }, DashboardJson.Default.PersonEdit, TestContext.Current.CancellationToken))
        {
        }

        // It is, without a touch.
        (await NameAsync(display)).ShouldBe("Press shop");
    }

    [Fact]
    public void A_code_is_valid_for_ten_minutes_and_those_of_an_address_and_of_all_are_bounded()
    {
        var time = new FakeTimeProvider();
        var pairings = new DisplayPairings(time);
        var first = pairings.Begin(IPAddress.Parse("10.0.0.1"))!;
        pairings.OfBrowser(first.Secret).ShouldBe(first);
        pairings.OfBrowser(null).ShouldBeNull();
        for (var i = 1; i < DisplayPairings.MaximumOfAddress; i++)
            pairings.Begin(IPAddress.Parse("10.0.0.1")).ShouldNotBeNull();
        pairings.Begin(IPAddress.Parse("10.0.0.1")).ShouldBeNull();
        for (var i = DisplayPairings.MaximumOfAddress; i < DisplayPairings.Maximum; i++)
            pairings.Begin(new IPAddress([10, 0, 1, (byte)i])).ShouldNotBeNull();
        pairings.Begin(IPAddress.Parse("10.0.0.2")).ShouldBeNull();

        time.Advance(DisplayPairings.Validity);

        pairings.Claim(first.Code).ShouldBeNull();
        pairings.OfBrowser(first.Secret).ShouldBeNull();
        var second = pairings.Begin(IPAddress.Parse("10.0.0.1"))!;
        pairings.Claim($" {second.Code[..4]}-{second.Code[4..]} ".ToLowerInvariant()).ShouldBe(second);
        pairings.Claim(second.Code).ShouldBeNull();
        pairings.OfBrowser(second.Secret).ShouldBe(second);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private static async Task<string> CodeAsync(HttpClient display) =>
        Code().Match(await display.GetStringAsync("/display", TestContext.Current.CancellationToken)).Groups[1].Value;

    private static async Task<string> NameAsync(HttpClient http) =>
        (await http.GetFromJsonAsync("api/v1/me", DashboardJson.Default.SignedIn, TestContext.Current.CancellationToken))!.Name;

    private static async Task<AccessKey> PairAsync(HttpClient http, NewDisplay display)
    {
        using var answer = await http.PostAsJsonAsync("api/v1/displays", display, DashboardJson.Default.NewDisplay, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await answer.Content.ReadFromJsonAsync(DashboardJson.Default.AccessKey, TestContext.Current.CancellationToken))!;
    }

    private static async Task<(HttpStatusCode Status, string? Code)> RefusedAsync(HttpClient http, NewDisplay display)
    {
        using var answer = await http.PostAsJsonAsync("api/v1/displays", display, DashboardJson.Default.NewDisplay, TestContext.Current.CancellationToken);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync(DashboardJson.Default.Problem, TestContext.Current.CancellationToken))!.Code);
    }

    private HttpClient Browser(CookieContainer cookies)
    {
        var http = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = Server.Http.BaseAddress };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/json");
        return http;
    }

    [GeneratedRegex("""<p class="pairing-code" aria-label="Code">([A-Z0-9]{4} [A-Z0-9]{4})</p>""")]
    private static partial Regex Code();
}
