using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.People;
using VibeDash.Server.Storage.People;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.People;

/// <summary>Passkeys without an authenticator: what is asked, and what is not taken as an answer. With one: <c>PasskeyTests</c> of EndToEnd.</summary>
public sealed class PasskeyTests : ServerTest
{
    private const string NoAnswer = "This passkey is not known here";

    [Fact]
    public async Task The_person_must_be_verified_and_the_passkey_be_kept_by_the_authenticator()
    {
        using var plant = await Plant.SetUpAsync(Server);
        using var begun = await BeginAsync(plant.Ada, "Phone", Plant.Password);
        var options = JsonDocument.Parse(WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(await TextAsync(begun), "<passkey-form options=\"([^\"]+)\"").Groups[1].Value)).RootElement;

        options.GetProperty("rp").GetProperty("id").GetString().ShouldBe("127.0.0.1");
        options.GetProperty("authenticatorSelection").ShouldSatisfyAllConditions(
            selection => selection.GetProperty("userVerification").GetString().ShouldBe("required"), selection => selection.GetProperty("residentKey").GetString().ShouldBe("required"));

        using var asked = await plant.Browser().PostAsync("/sign-in/passkey", null, TestContext.Current.CancellationToken);
        var question = JsonDocument.Parse(await TextAsync(asked)).RootElement;
        question.GetProperty("userVerification").GetString().ShouldBe("required");
        (question.TryGetProperty("allowCredentials", out var known) ? known.GetArrayLength() : 0).ShouldBe(0);
    }

    [Theory]
    [InlineData("Phone", "a wrong password", "The present password is wrong.")]
    [InlineData("", Plant.Password, "Give the passkey a name of 1 to 50 characters.")]
    [InlineData("a\u0007b", Plant.Password, "Give the passkey a name of 1 to 50 characters.")]
    public async Task Without_password_or_name_no_passkey_is_asked_for(string name, string password, string sentence)
    {
        using var plant = await Plant.SetUpAsync(Server);
        using var begun = await BeginAsync(plant.Ada, name, password);
        var page = await TextAsync(begun);

        page.ShouldContain(sentence);
        page.ShouldNotContain("<passkey-form options");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("no JSON")]
    [InlineData("""{"id":"AAAA","rawId":"AAAA","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"e30","authenticatorData":"AAAA","signature":"AAAA","userHandle":"AAAA"}}""")]
    public async Task What_is_no_answer_signs_nobody_in_and_adds_nothing(string credential)
    {
        using var plant = await Plant.SetUpAsync(Server);
        using var browser = plant.Browser();
        foreach (var isAsked in new[] { false, true })
        {
            if (isAsked)
            {
                using var asked = await browser.PostAsync("/sign-in/passkey", null, TestContext.Current.CancellationToken);
                asked.StatusCode.ShouldBe(HttpStatusCode.OK);
            }

            using var answer = await SignInForm.SendFormAsync(browser, "/sign-in", "passkey", ("Credential", credential));
            (await TextAsync(answer)).ShouldContain(NoAnswer);
            (await Plant.StatusAsync(browser)).ShouldBe(HttpStatusCode.Unauthorized);
        }

        using (await BeginAsync(plant.Ada, "Phone", Plant.Password))
        using (var added = await SignInForm.SendFormAsync(plant.Ada, "/account", "passkey-add", ("Entry.Name", "Phone"), ("Credential", credential)))
            (await TextAsync(added)).ShouldContain("No passkey was added.");
        await using var context = await Server.Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<PeopleContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        context.UserPasskeys.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_administrator_removes_those_of_a_lost_device_and_gives_none()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var eve = await plant.AddAsync("Eve", Role.Viewer);
        using var working = await plant.SignInAsync("Eve");
        using (var scope = Server.Services.CreateScope())
        {
            var people = scope.ServiceProvider.GetRequiredService<PersonSignIn>().UserManager;
            var lost = new UserPasskeyInfo([1, 2, 3], [4], TimeProvider.System.GetUtcNow(), 0, [], true, false, false, [5], [6]) { Name = "Phone" };
            (await people.AddOrUpdatePasskeyAsync((await people.FindByNameAsync("Eve"))!, lost)).Succeeded.ShouldBeTrue();
        }

        (await PeopleAsync(plant)).Single(person => person.Name == "Eve").Passkeys.ShouldBe(1);
        (await ChangeAsync(plant, eve, new() { HasPasskeys = true })).ShouldBe(HttpStatusCode.BadRequest);
        (await ChangeAsync(plant, eve, new() { HasPasskeys = false })).ShouldBe(HttpStatusCode.OK);

        (await PeopleAsync(plant)).Single(person => person.Name == "Eve").Passkeys.ShouldBe(0);
        (await Plant.StatusAsync(working)).ShouldBe(HttpStatusCode.Unauthorized);
        (await plant.Ada.GetFromJsonAsync("api/v1/commands", DashboardJson.Default.CommandEntryArray, TestContext.Current.CancellationToken))!
            .First(entry => entry.Name == "ChangePerson").Detail.ShouldBe("passkeys removed");
    }

    [Fact]
    public async Task Guesses_are_counted()
    {
        using var plant = await Plant.SetUpAsync(Server);
        using var browser = plant.Browser();
        var statuses = new List<HttpStatusCode>();
        for (var guess = 0; guess < 12; guess++)
        {
            using var answer = await SignInForm.SendFormAsync(browser, "/sign-in", "passkey", ("Credential", "{}"));
            statuses.Add(answer.StatusCode);
        }

        statuses.ShouldContain(HttpStatusCode.TooManyRequests);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private static Task<HttpResponseMessage> BeginAsync(HttpClient browser, string name, string password) =>
        SignInForm.SendFormAsync(browser, "/account", "passkey-begin", ("Entry.Name", name), ("Password", password));

    private static async Task<PersonAccount[]> PeopleAsync(Plant plant) =>
        (await plant.Ada.GetFromJsonAsync("api/v1/people", DashboardJson.Default.PersonAccountArray, TestContext.Current.CancellationToken))!;

    private static async Task<HttpStatusCode> ChangeAsync(Plant plant, PersonAccount person, PersonEdit edit)
    {
        using var answer = await plant.Ada.PatchAsJsonAsync($"api/v1/people/{person.Id}", edit, DashboardJson.Default.PersonEdit, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
