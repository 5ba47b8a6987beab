using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Hosting;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.People;

/// <summary>What the record keeps of changes over HTTP, and how it is read.</summary>
public sealed class AuditTests : ServerTest
{
    [Fact]
    public async Task A_change_is_on_record_with_who_where_from_before_and_after()
    {
        using var plant = await Plant.SetUpAsync(Server);
        await plant.AddAsync("Eve", Role.Engineer);
        using var eve = await plant.SignInAsync("Eve");
        var rule = (await eve.GetFromJsonAsync("api/v1/rules", DashboardJson.Default.RuleVersionArray, TestContext.Current.CancellationToken))![0].Rule;
        using (var answer = await eve.PutAsJsonAsync($"api/v1/rules/{rule.Id}", new RuleEdit(rule with { Name = "Renamed" }), DashboardJson.Default.RuleEdit, TestContext.Current.CancellationToken))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        var entry = (await CommandsAsync(plant, "name=PutRule")).ShouldHaveSingleItem();
        (entry.By, entry.Origin, entry.Subject).ShouldBe(("Eve", "127.0.0.1", $"{rule.Id}"));
        JsonSerializer.Deserialize(entry.Before!, DashboardJson.Default.AlertRule)!.Name.ShouldBe(rule.Name);
        JsonSerializer.Deserialize(entry.After!, DashboardJson.Default.AlertRule)!.Name.ShouldBe("Renamed");
    }

    [Fact]
    public async Task Changed_settings_are_on_record_at_the_next_start_without_secrets()
    {
        await StopServerAsync();
        var folder = Directory.CreateTempSubdirectory("vibedash-settings-").FullName;
        try
        {
            var entries = new List<CommandEntry>();
            foreach (var settings in new (string, string)[][]
            {
                [("Alerts:MaximumShelvingHours", "8"), ("Broker:Password", "hunter2")], [("Alerts:MaximumShelvingHours", "4"), ("Broker:Password", "hunter3")], [("Alerts:MaximumShelvingHours", "4"), ("Broker:Password", "hunter3")],
            })
            {
                await using var server = await TestServer.StartAsync(folder, Broker, settings);
                var path = Path.Combine(folder, StartRecord.FileName);
                await Eventually.TrueAsync(
                    async () => File.Exists(path) && (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Contains($"\"{settings[0].Item2}\"", StringComparison.Ordinal), "the settings are kept");
                entries = [.. (await server.GetAsync<CommandEntry[]>("api/v1/commands"))!.Where(entry => entry.Name == "ChangeSettings")];
                (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldNotContain("hunter");
            }

            var entry = entries.ShouldHaveSingleItem();
            (entry.By, entry.Subject, entry.Before, entry.After).ShouldBe(("configuration", "Alerts", """{"Alerts:MaximumShelvingHours":"8"}""", """{"Alerts:MaximumShelvingHours":"4"}"""));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_first_person_of_the_command_line_is_on_record_at_the_next_start()
    {
        await StopServerAsync();
        await using (var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(Folder, "people.db")};Pooling=False"))
        {
            await database.OpenAsync(TestContext.Current.CancellationToken);
            await using var insert = database.CreateCommand();
            insert.CommandText =
                "INSERT INTO AspNetUsers (Id, UserName, NormalizedUserName, Role, IsBlocked, CreatedAt, EmailConfirmed, PhoneNumberConfirmed, TwoFactorEnabled, LockoutEnabled, AccessFailedCount) VALUES ('1', 'Ada', 'ADA', 'Administrator', 0, 0, 0, 0, 0, 0, 0)";
            await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await StartServerAsync();
        var entry = await Eventually.GetAsync(
            async () => (await Server.GetAsync<CommandEntry[]>("api/v1/commands"))!.SingleOrDefault(entry => entry.Name == "AddPerson"), "the person is on record");
        (entry.By, entry.Subject, entry.Detail).ShouldBe(("set-up", "Ada", "on the command line"));
    }

    [Fact]
    public async Task People_keys_and_sign_ins_are_on_record_and_no_password_is()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var eve = await plant.AddAsync("Eve", Role.Viewer);
        using (await SignInForm.SignInAsync(plant.Browser(), "Eve", "a wrong password"))
        using (await plant.Ada.PatchAsJsonAsync($"api/v1/people/{eve.Id}", new PersonEdit { Role = Role.Engineer }, DashboardJson.Default.PersonEdit, TestContext.Current.CancellationToken))
        {
        }

        var (key, program) = await plant.KeyAsync(new("Script", [Permission.Act]));
        using (await program.PostAsJsonAsync("api/v1/alerts/acknowledge", new AlertBulkAcknowledgement(new(), 0), DashboardJson.Default.AlertBulkAcknowledgement, TestContext.Current.CancellationToken))
        {
        }

        var entries = await CommandsAsync(plant, "");
        entries.Select(entry => $"{entry.Name} by {entry.By}{(entry.Refusal is null ? "" : ", refused")}").Reverse().Take(6)
            .ShouldBe(["AddPerson by Ada", "SignIn by Ada", "AddPerson by Ada", "SignIn by Eve, refused", "ChangePerson by Ada", "MakeKey by Ada"]);
        entries.Single(entry => entry.Name == "ChangePerson").After!.ShouldContain("Engineer");
        entries.First().ShouldSatisfyAllConditions(entry => entry.By.ShouldBe("Script"), entry => entry.Origin.ShouldBe($"127.0.0.1, key {key.Key.Id}"));
        var text = JsonSerializer.Serialize(entries, DashboardJson.Default.CommandEntryArray);
        text.ShouldNotContain(Plant.Password);
        text.ShouldNotContain(key.Secret);
    }

    [Fact]
    public async Task The_export_has_each_entry_with_its_hash()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var lines = (await plant.Ada.GetStringAsync("api/v1/commands.ndjson?by=Ada", TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Length.ShouldBe(2);
        JsonDocument.Parse(lines[0]).RootElement.GetProperty("name").GetString().ShouldBe("AddPerson");
        lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("hash").GetString()!.Length).ShouldAllBe(length => length == 64);
    }

    [Fact]
    public async Task Verify_tells_on_the_command_line_whether_the_record_was_edited()
    {
        using (await Plant.SetUpAsync(Server))
        {
        }

        var good = await VerifyAsync();
        good.ShouldBe((0, "The record of commands is as it was written: 2 entries."));

        await using (var context = await Server.Services.GetRequiredService<IDbContextFactory<VibeDashContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
            await context.Commands.Where(row => row.Position == 1).ExecuteUpdateAsync(row => row.SetProperty(r => r.Actor, "Mallory"), TestContext.Current.CancellationToken);

        var (exitCode, output) = await VerifyAsync();
        exitCode.ShouldBe(1);
        output.ShouldContain("Entry 1 of");
    }

    [Fact]
    public async Task The_first_person_can_be_added_on_the_command_line_while_the_server_runs()
    {
        using var input = new StringReader($"Ada\n{Plant.Password}\n");
        await using var output = new StringWriter();

        (await OneTimeCommand.RunAsync("set-up", Server.Services, input, output)).ShouldBe(0);
        output.ToString().ShouldEndWith("Ada may sign in now.\n");

        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = Server.Http.BaseAddress };
        await Eventually.TrueAsync(async () => await Plant.StatusAsync(browser) == HttpStatusCode.Unauthorized, "nobody is the demo person any more");
        using (await SignInForm.SignInAsync(browser, "Ada", Plant.Password))
            (await Plant.StatusAsync(browser)).ShouldBe(HttpStatusCode.OK);
        using var again = new StringReader("Bob\n");
        (await OneTimeCommand.RunAsync("set-up", Server.Services, again, output)).ShouldBe(1);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private static async Task<CommandEntry[]> CommandsAsync(Plant plant, string query) =>
        (await plant.Ada.GetFromJsonAsync($"api/v1/commands?{query}", DashboardJson.Default.CommandEntryArray, TestContext.Current.CancellationToken))!;

    private async Task<(int ExitCode, string Output)> VerifyAsync()
    {
        await using var output = new StringWriter();
        var exitCode = await OneTimeCommand.RunAsync("verify", Server.Services, TextReader.Null, output);
        return (exitCode, output.ToString().TrimEnd());
    }
}
