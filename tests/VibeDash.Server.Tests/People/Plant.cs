using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.People;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.People;

/// <summary>People of a server that is set up: each with a browser of their own.</summary>
internal sealed class Plant : IDisposable
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "correct horse battery";

    private readonly TestServer _server;
    private readonly List<IDisposable> _browsers = [];

    private Plant(TestServer server) => _server = server;

    /// <summary>The administrator who set it up.</summary>
    public HttpClient Ada { get; private set; } = null!;

    /// <summary>Sets up a server.</summary>
    public static async Task<Plant> SetUpAsync(TestServer server)
    {
        var plant = new Plant(server);
        plant.Ada = plant.Browser();
        using var answer = await SignInForm.SetUpAsync(plant.Ada, server.Services.GetRequiredService<FirstPerson>().Link, "Ada", Password);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return plant;
    }

    /// <summary>A browser without a session, which keeps cookies.</summary>
    public HttpClient Browser()
    {
        var http = new HttpClient(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = _server.Http.BaseAddress };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/json");
        _browsers.Add(http);
        return http;
    }

    /// <summary>Adds a person.</summary>
    public async Task<PersonAccount> AddAsync(string name, Role role)
    {
        using var answer = await Ada.PostAsJsonAsync("api/v1/people", new NewPerson(name, Password, role), DashboardJson.Default.NewPerson, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await answer.Content.ReadFromJsonAsync(DashboardJson.Default.PersonAccount, TestContext.Current.CancellationToken))!;
    }

    /// <summary>A browser in which a person has signed in.</summary>
    public async Task<HttpClient> SignInAsync(string name, string password = Password)
    {
        var browser = Browser();
        using var answer = await SignInForm.SignInAsync(browser, name, password);
        (await StatusAsync(browser)).ShouldBe(HttpStatusCode.OK, $"{name} is signed in");
        return browser;
    }

    /// <summary>Makes a key; a program that sends it.</summary>
    public async Task<(MadeAccessKey Key, HttpClient Program)> KeyAsync(NewAccessKey wanted)
    {
        using var answer = await Ada.PostAsJsonAsync("api/v1/keys", wanted, DashboardJson.Default.NewAccessKey, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var key = (await answer.Content.ReadFromJsonAsync(DashboardJson.Default.MadeAccessKey, TestContext.Current.CancellationToken))!;
        var program = new HttpClient { BaseAddress = _server.Http.BaseAddress };
        program.DefaultRequestHeaders.Authorization = new("Bearer", key.Secret);
        _browsers.Add(program);
        return (key, program);
    }

    /// <summary>Whether a browser is signed in: the status of a question that a viewer may ask.</summary>
    public static async Task<HttpStatusCode> StatusAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync("api/v1/status", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    public void Dispose() => _browsers.ForEach(browser => browser.Dispose());
}
