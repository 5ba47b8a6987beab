using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.People;
using VibeDash.Server.Storage.People;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.People;

/// <summary>Codes of authenticator apps, and recovery codes.</summary>
public sealed partial class SecondFactorTests : ServerTest
{
    // A code of the next time step is good, too, so that a test need not wait for one.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_second_factor_is_asked_for_and_its_key_is_not_in_the_database_in_clear()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (key, _) = await TurnOnAsync(plant);

        using var browser = plant.Browser();
        using (await SignInForm.SignInAsync(browser, "Eve", Plant.Password))
            (await Plant.StatusAsync(browser)).ShouldBe(HttpStatusCode.Unauthorized);
        using (await SignInForm.SendAsync(browser, "/sign-in/code", ("Code", "000000")))
            (await Plant.StatusAsync(browser)).ShouldBe(HttpStatusCode.Unauthorized);
        using (await SignInForm.SendAsync(browser, "/sign-in/code", ("Code", Totp.Of(key, Now + Step))))
            (await Plant.StatusAsync(browser)).ShouldBe(HttpStatusCode.OK);

        await using var context = await Server.Services.GetRequiredService<IDbContextFactory<PeopleContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        context.UserTokens.Select(token => token.Value!).ToArray().ShouldNotBeEmpty();
        context.UserTokens.Select(token => token.Value!).ToArray().ShouldAllBe(value => !value.Contains(key));
    }

    [Fact]
    public async Task A_code_signs_in_once_and_not_after_a_restart_either()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (key, _) = await TurnOnAsync(plant);
        var (used, code) = (Totp.Of(key, Now), Totp.Of(key, Now + Step));

        (await SignInAsync(plant, used)).ShouldBe(HttpStatusCode.Unauthorized, "it turned the second factor on");
        (await SignInAsync(plant, code)).ShouldBe(HttpStatusCode.OK);
        (await SignInAsync(plant, code)).ShouldBe(HttpStatusCode.Unauthorized);

        await RestartServerAsync();
        using var after = new HttpClient(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = Server.Http.BaseAddress };
        (await SignInAsync(after, code)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Of_two_who_send_the_same_code_at_once_one_is_signed_in()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (key, _) = await TurnOnAsync(plant);
        var code = Totp.Of(key, Now + Step);
        HttpClient[] browsers = [plant.Browser(), plant.Browser(), plant.Browser()];
        foreach (var browser in browsers)
        {
            using (await SignInForm.SignInAsync(browser, "Eve", Plant.Password))
            {
            }
        }

        await Task.WhenAll(browsers.Select(async browser =>
        {
            using var answer = await SignInForm.SendAsync(browser, "/sign-in/code", ("Code", code));
        }));

        var statuses = await Task.WhenAll(browsers.Select(Plant.StatusAsync));
        statuses.Count(status => status == HttpStatusCode.OK).ShouldBe(1);
    }

    [Fact]
    public async Task New_recovery_codes_make_the_old_ones_void_and_are_on_record()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (_, old) = await TurnOnAsync(plant);
        old.Length.ShouldBe(10);
        using var eve = plant.Browser();
        using (await SignInForm.SignInAsync(eve, "Eve", Plant.Password))
        using (await SignInForm.SendAsync(eve, "/sign-in/code", ("Code", old[0])))
            (await Plant.StatusAsync(eve)).ShouldBe(HttpStatusCode.OK);

        using (var refused = await SignInForm.SendFormAsync(eve, "/account", "second-codes", ("Password", "not the password")))
        {
            var page = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            page.ShouldContain("The present password is wrong.");
            CodesOf(page).ShouldBeEmpty();
        }

        using var renewed = await SignInForm.SendFormAsync(eve, "/account", "second-codes", ("Password", Plant.Password));
        var made = CodesOf(await renewed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        made.Length.ShouldBe(10);
        (await SignInAsync(plant, old[1])).ShouldBe(HttpStatusCode.Unauthorized);
        (await SignInAsync(plant, made[0])).ShouldBe(HttpStatusCode.OK);
        (await Plant.StatusAsync(eve)).ShouldBe(HttpStatusCode.OK, "the session goes on");
        (await plant.Ada.GetStringAsync("api/v1/commands", TestContext.Current.CancellationToken)).ShouldContain("RenewRecoveryCodes");
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private static async Task<(string Key, string[] RecoveryCodes)> TurnOnAsync(Plant plant)
    {
        await plant.AddAsync("Eve", Role.Viewer);
        using var eve = await plant.SignInAsync("Eve");
        using var begun = await SignInForm.SendFormAsync(eve, "/account", "second-begin", ("Password", Plant.Password));
        var page = await begun.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.ShouldContain("<svg");
        var key = Key().Match(page).Groups[1].Value;
        using var on = await SignInForm.SendFormAsync(eve, "/account", "second-on", ("Code", Totp.Of(key, Now)));
        return (key, CodesOf(await on.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    private static string[] CodesOf(string page) => [.. RecoveryCode().Matches(page).Select(code => code.Groups[1].Value)];

    private static async Task<HttpStatusCode> SignInAsync(Plant plant, string code)
    {
        using var browser = plant.Browser();
        return await SignInAsync(browser, code);
    }

    private static async Task<HttpStatusCode> SignInAsync(HttpClient browser, string code)
    {
        using (await SignInForm.SignInAsync(browser, "Eve", Plant.Password))
        using (await SignInForm.SendAsync(browser, "/sign-in/code", ("Code", code)))
            return await Plant.StatusAsync(browser);
    }

    [GeneratedRegex("enter the key <code>([A-Z2-7]+)</code>")]
    private static partial Regex Key();

    [GeneratedRegex("<li><code>([^<]+)</code></li>")]
    private static partial Regex RecoveryCode();
}
