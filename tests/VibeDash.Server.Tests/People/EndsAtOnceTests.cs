using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Storage.People;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.People;

/// <summary>What ends a sign-in closes the connections that are open with it, and lets none in again.</summary>
public sealed class EndsAtOnceTests : ServerTest
{
    public static TheoryData<string> Ends => ["signed out", "role taken", "locked out", "removed", "password set", "signed out everywhere"];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_persons_open_connections_are_closed(string how)
    {
        using var plant = await Plant.SetUpAsync(Server);
        var eve = await plant.AddAsync("Eve", Role.Engineer);
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = Server.Http.BaseAddress };
        using var signedIn = await SignInForm.SignInAsync(browser, "Eve", Plant.Password);
        await using var others = Build(options => options.Headers.Add(NamedPerson.Header, "Ada"));
        await others.StartAsync(TestContext.Current.CancellationToken);
        var (hub, closed) = await OpenHubAsync(options => options.Cookies = cookies);
        await using var _ = hub;
        using var stream = await browser.GetStreamAsync("api/v1/live", TestContext.Current.CancellationToken);
        var ended = EndAsync(stream);

        switch (how)
        {
            case "signed out":
                using (await browser.PostAsync("api/v1/me/sign-out", null, TestContext.Current.CancellationToken))
                    break;
            case "role taken":
                await ChangeAsync(plant, eve, new() { Role = Role.Viewer });
                break;
            case "locked out":
                await ChangeAsync(plant, eve, new() { IsBlocked = true });
                break;
            case "password set":
                await ChangeAsync(plant, eve, new() { Password = "another good secret" });
                break;
            case "removed":
                using (await plant.Ada.DeleteAsync($"api/v1/people/{eve.Id}", TestContext.Current.CancellationToken))
                    break;
            default:
                using (await SignInForm.SendFormAsync(browser, "/account", "sign-out-everywhere"))
                    break;
        }

        await closed.WaitAsync(TimeLimit.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        await ended.WaitAsync(TimeLimit.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        (await Plant.StatusAsync(browser)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Should.ThrowAsync<HttpRequestException>(() => hub.StartAsync(TestContext.Current.CancellationToken))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        others.State.ShouldBe(HubConnectionState.Connected);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_and_its_open_connections_are_closed()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (key, program) = await plant.KeyAsync(new("Historian", [Permission.View]));
        var (hub, closed) = await OpenHubAsync(options => options.AccessTokenProvider = () => Task.FromResult<string?>(key.Secret));
        await using var _ = hub;
        using var stream = await program.GetStreamAsync("api/v1/live", TestContext.Current.CancellationToken);
        var ended = EndAsync(stream);

        using (await plant.Ada.PostAsync($"api/v1/keys/{key.Key.Id}/revoke", null, TestContext.Current.CancellationToken))
        {
        }

        await closed.WaitAsync(TimeLimit.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        await ended.WaitAsync(TimeLimit.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        (await Plant.StatusAsync(program)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_expired_key_is_refused_and_its_open_connections_are_closed()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (key, program) = await plant.KeyAsync(new("Historian", [Permission.View]) { ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(5) });
        var (hub, closed) = await OpenHubAsync(options => options.AccessTokenProvider = () => Task.FromResult<string?>(key.Secret));
        await using var _ = hub;
        using var stream = await program.GetStreamAsync("api/v1/live", TestContext.Current.CancellationToken);
        var ended = EndAsync(stream);

        await closed.WaitAsync(TimeLimit.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        await ended.WaitAsync(TimeLimit.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        (await Plant.StatusAsync(program)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_secret_of_a_key_is_not_in_the_database()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (key, _) = await plant.KeyAsync(new("Historian", [Permission.View]));
        await using var context = await Server.Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<PeopleContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

        var row = context.Keys.Single();
        row.Id.ShouldBe(key.Key.Id);
        key.Secret.ShouldStartWith(row.Id + ".");
        var secret = key.Secret[(row.Id.Length + 1)..];
        System.Text.Encoding.UTF8.GetString(row.Hash).ShouldNotContain(secret);
        (await File.ReadAllBytesAsync(Path.Combine(Folder, "people.db"), TestContext.Current.CancellationToken)).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)).ShouldBe(-1);
        context.Sessions.Select(session => session.Id).ShouldAllBe(id => id.Length == 64);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private static async Task ChangeAsync(Plant plant, PersonAccount person, PersonEdit edit)
    {
        using var answer = await plant.Ada.PatchAsJsonAsync($"api/v1/people/{person.Id}", edit, DashboardJson.Default.PersonEdit, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task EndAsync(Stream stream)
    {
        var buffer = new byte[1024];
        try
        {
            while (await stream.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (Exception aborted) when (aborted is IOException or HttpRequestException)
        {
        }
    }

    private async Task<(HubConnection Hub, Task Closed)> OpenHubAsync(Action<HttpConnectionOptions> sign)
    {
        var hub = Build(sign);
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync(TestContext.Current.CancellationToken);
        return (hub, closed.Task);
    }

    private HubConnection Build(Action<HttpConnectionOptions> sign) =>
        new HubConnectionBuilder().WithUrl(new Uri(Server.Http.BaseAddress!, LiveHubMethods.Path), sign).Build();
}
