using System.Net;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.People;

/// <summary>Guessing from many addresses, behind a proxy that tells them; and what somebody does with the cookie of another, or with a small role.</summary>
public sealed class SignInAttackTests : ServerTest
{
    private const string Wrong = "a wrong password";

    [Fact]
    public async Task Ten_wrong_passwords_from_ten_addresses_lock_the_name_for_all_addresses()
    {
        using var plant = await Plant.SetUpAsync(Server);
        await plant.AddAsync("Eve", Role.Viewer);
        using var working = await plant.SignInAsync("Eve");

        await Task.WhenAll(Enumerable.Range(1, 10).Select(i => TryAsync($"192.0.2.{i}", "Eve", Wrong)));

        using (var right = Browser("198.51.100.1"))
        using (await SignInForm.SignInAsync(right, "Eve", Plant.Password))
            (await Plant.StatusAsync(right)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Plant.StatusAsync(working)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Two_hundred_addresses_that_guess_at_once_keep_nobody_from_their_answers()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var storm = Task.WhenAll(Enumerable.Range(1, 200).Select(i => TryAsync($"192.0.2.{i}", $"Person {i}", Wrong)));

        for (var answers = 0; answers < 20; answers++)
            (await Plant.StatusAsync(plant.Ada)).ShouldBe(HttpStatusCode.OK);
        storm.IsCompleted.ShouldBeFalse("the answers were those of a server under attack");

        // Two are hashed at a time and twenty wait; the others are told to come again.
        var statuses = (await storm).CountBy(status => status).ToDictionary();
        statuses.Keys.ShouldBe([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], ignoreOrder: true);
    }

    [Fact]
    public async Task The_time_of_a_refusal_does_not_tell_whether_the_name_exists()
    {
        using var plant = await Plant.SetUpAsync(Server);
        string[] known = ["Eve", "Vera"];
        foreach (var name in known)
            await plant.AddAsync(name, Role.Viewer);
        var (ofKnown, ofUnknown) = (new List<TimeSpan>(), new List<TimeSpan>());

        // By turns, and below the number of wrong passwords that locks a name.
        for (var turn = 0; turn < 18; turn++)
        {
            ofKnown.Add(await TimeAsync(turn, known[turn % known.Length]));
            ofUnknown.Add(await TimeAsync(turn, $"Nobody {turn % known.Length}"));
        }

        var (one, other) = (Median(ofKnown), Median(ofUnknown));
        (Math.Max(one, other) / Math.Min(one, other)).ShouldBeLessThan(1.25);
    }

    [Fact]
    public async Task A_cookie_that_was_there_before_the_sign_in_is_worth_nothing_after_it()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var cookies = new CookieContainer();
        cookies.Add(new Cookie("vibedash", "chosen-by-the-attacker", "/", Server.Http.BaseAddress!.Host));
        using var victim = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = Server.Http.BaseAddress };
        using (await SignInForm.SignInAsync(victim, "Ada", Plant.Password))
            (await Plant.StatusAsync(victim)).ShouldBe(HttpStatusCode.OK);

        using var attacker = new HttpClient { BaseAddress = Server.Http.BaseAddress };
        attacker.DefaultRequestHeaders.Add("Cookie", "vibedash=chosen-by-the-attacker");
        (await Plant.StatusAsync(attacker)).ShouldBe(HttpStatusCode.Unauthorized);
        cookies.GetCookies(Server.Http.BaseAddress!).Single(cookie => cookie.Name == "vibedash").Value.ShouldNotBe("chosen-by-the-attacker");
    }

    [Fact]
    public async Task With_the_cookie_of_a_viewer_the_hub_does_nothing_but_tell()
    {
        using var plant = await Plant.SetUpAsync(Server);
        await plant.AddAsync("Vera", Role.Viewer);
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = Server.Http.BaseAddress };
        using var signedIn = await SignInForm.SignInAsync(browser, "Vera", Plant.Password);
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(Server.Http.BaseAddress!, LiveHubMethods.Path), options => options.Cookies = cookies).Build();
        await hub.StartAsync(TestContext.Current.CancellationToken);

        // What a browser is told, commands of the API, and what every hub has.
        foreach (var method in new[] { nameof(ILiveClient.AlertsChanged), nameof(ILiveClient.Ticks), "Acknowledge", "AcknowledgeAsync", "OnConnectedAsync", "OnDisconnectedAsync", "Dispose", "get_Clients", "ToString" })
            (await Should.ThrowAsync<HubException>(() => hub.InvokeAsync(method, TestContext.Current.CancellationToken), method)).Message.ShouldContain("Method does not exist");
        await Should.ThrowAsync<HubException>(() => hub.InvokeAsync(LiveHubMethods.WatchSensor, "../alerts", TestContext.Current.CancellationToken));

        await hub.InvokeAsync(LiveHubMethods.WatchFleet, TestContext.Current.CancellationToken);
        hub.State.ShouldBe(HubConnectionState.Connected);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker(("Web:Proxies:0", "127.0.0.1"));

    private static double Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2).TotalMilliseconds;

    private HttpClient Browser(string address)
    {
        var http = new HttpClient(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = Server.Http.BaseAddress, Timeout = TimeLimit.Limit };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return http;
    }

    private async Task<HttpStatusCode> TryAsync(string address, string name, string password)
    {
        using var browser = Browser(address);
        using var answer = await SignInForm.SignInAsync(browser, name, password);
        return answer.StatusCode;
    }

    private async Task<TimeSpan> TimeAsync(int turn, string name)
    {
        // The page with its token is got before the time begins.
        using var browser = Browser($"192.0.2.{turn + 1}");
        var send = await SignInForm.ReadyAsync(browser, "/sign-in", ("Entry.Name", name), ("Entry.Password", Wrong));
        var began = TimeProvider.System.GetTimestamp();
        using var answer = await send();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return TimeProvider.System.GetElapsedTime(began);
    }
}
