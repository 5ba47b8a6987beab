using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.People;

/// <summary>Who is limited to Hall 1 sees and changes nothing of Hall 2, by any endpoint, message or page; what is there works.</summary>
public sealed class PlaceTests : ServerTest
{
    private const string Here = "VB-here", There = "VB-there";

    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow().AddMinutes(-5);

    // Routes with an object of a place, by method: what it is, and a body that is accepted there.
    private static readonly Dictionary<string, (string Object, string? Body)> OfObjects = new()
    {
        ["GET /sensors/{SensorId}"] = ("sensor", null),
        ["GET /alerts/{AlertId:long}"] = ("alert", null),
        ["GET /rules/{RuleId:int}"] = ("page of a rule", null),
        ["GET /api/v1/sensors/{sensorId}"] = ("sensor", null),
        ["GET /api/v1/sensors/{sensorId}/run-level"] = ("sensor", null),
        ["GET /api/v1/sensors/{sensorId}/extent"] = ("sensor", null),
        ["GET /api/v1/sensors/{sensorId}/history"] = ("sensor", "?from=2020-01-01T00:00:00Z"),
        ["GET /api/v1/sensors/{sensorId}/notes"] = ("sensor", null),
        ["GET /api/v1/sensors/{sensorId}/notes/journal"] = ("sensor", null),
        ["GET /api/v1/sensors/{sensorId}/rules"] = ("sensor", null),
        ["GET /api/v1/sensors/{sensorId}/readings.csv"] = ("sensor", null),
        ["GET /api/v1/sensors/{sensorId}/readings.ndjson"] = ("sensor", null),
        ["PUT /api/v1/sensors/{sensorId}/settings"] = ("sensor", """{"labels":["seen"]}"""),
        ["POST /api/v1/sensors/{sensorId}/history-evaluation"] = ("sensor", "{}"),
        ["POST /api/v1/sensors/{sensorId}/notes"] = ("sensor", """{"from":"2026-01-01T00:00:00Z","kind":"Remark","text":"seen"}"""),
        ["GET /api/v1/alerts/{alertId:long}"] = ("alert", null),
        ["POST /api/v1/alerts/{alertId:long}/acknowledge"] = ("alert", "{}"),
        ["PUT /api/v1/notes/{noteId:long}"] = ("note", """{"from":"2026-01-01T00:00:00Z","kind":"Remark","text":"changed"}"""),
        ["DELETE /api/v1/notes/{noteId:long}"] = ("note", null),
        ["POST /api/v1/out-of-service/{id:long}/extend"] = ("entry", null),
        ["POST /api/v1/out-of-service/{id:long}/return"] = ("entry", "{}"),
        ["GET /api/v1/rules/{ruleId:int}/versions"] = ("rule", null),
        ["PUT /api/v1/rules/{ruleId:int}"] = ("rule", "rule"),
        ["DELETE /api/v1/rules/{ruleId:int}"] = ("rule", null),
        ["POST /api/v1/sensors/{sensorId}/rename"] = ("sensor", """{"to":"VB-new","reason":"moved"}"""),
        ["POST /api/v1/sensors/{sensorId}/hand-over"] = ("sensor", """{"to":"VB-newer","reason":"moved"}"""),
        ["POST /api/v1/sensors/{sensorId}/merge"] = ("sensor", """{"to":"VB-other","reason":"moved"}"""),
        ["DELETE /api/v1/sensors/{sensorId}/former-ids/{formerId}"] = ("sensor", null),
        ["DELETE /api/v1/sensors/{sensorId}"] = ("sensor", null),
    };

    [Fact]
    public void Each_route_with_an_object_is_tried_or_not_for_the_limited()
    {
        var routes = PermissionTableTests.Routes(Server).Where(route => route.Path.Contains('{', StringComparison.Ordinal) && !route.Path.Contains("documentName", StringComparison.Ordinal)).ToArray();

        routes.Where(route => !route.IsForEverywhere && route.Asked is not (nameof(Permission.Administer) or nameof(Permission.Maintain)))
            .Select(route => $"{route.Method} {route.Path}").Order(StringComparer.Ordinal).ShouldBe(OfObjects.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_concerns_the_whole_server_is_not_for_the_limited()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var tom = await LimitedAsync(plant, "Tom", Role.Engineer);
        string[] whole = [.. PermissionTableTests.Routes(Server).Where(route => route.IsForEverywhere).Select(route => $"{route.Method} {route.Path}")];

        whole.ShouldBe(
            [
                "GET /sources", "GET /dead-letters", "GET /api/v1/connections", "GET /api/v1/sources", "GET /api/v1/dead-letters", "GET /api/v1/dead-letters/groups",
                "GET /api/v1/dead-letters/{id:long}", "GET /api/v1/dead-letters/{id:long}/payload", "GET /api/v1/dead-letters/replay", "POST /api/v1/dead-letters/{id:long}/replay",
                "POST /api/v1/dead-letters/replay", "DELETE /api/v1/dead-letters/{id:long}", "DELETE /api/v1/dead-letters",
            ],
            ignoreOrder: true);
        foreach (var route in whole)
        {
            using var answer = await SendAsync(tom, route.Split(' ')[0], route.Split(' ')[1].Replace("{id:long}", "1", StringComparison.Ordinal), null);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, route);
        }
    }

    [Fact]
    public async Task Nobody_who_administers_is_limited_neither_at_first_nor_later()
    {
        using var plant = await Plant.SetUpAsync(Server);
        (await AddAsync(plant, new("Tom", Plant.Password, Role.Administrator) { Places = ["Hall 1"] })).ShouldContain("PlacesNotAllowed");
        var tom = await plant.AddAsync("Tom", Role.Administrator);
        (await ChangeAsync(plant, tom, new() { Places = ["Hall 1"] })).ShouldContain("PlacesNotAllowed");
        (await ChangeAsync(plant, tom, new() { Places = ["Hall 1"], Role = Role.Engineer })).ShouldContain("Hall 1");
        (await ChangeAsync(plant, tom, new() { Role = Role.Administrator })).ShouldContain("PlacesNotAllowed");
        (await ChangeAsync(plant, tom, new() { Role = Role.Administrator, Places = [] })).ShouldNotContain("Hall 1");
        using var key = await plant.Ada.PostAsJsonAsync("api/v1/keys", new NewAccessKey("Copy", [Permission.Maintain]) { Places = ["Hall 1"] }, DashboardJson.Default.NewAccessKey, TestContext.Current.CancellationToken);
        (await key.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("PlacesNotAllowed");
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Technician)]
    [InlineData(Role.Engineer)]
    public async Task An_object_of_another_place_is_not_there_for_any_role_and_verb(Role role)
    {
        using var plant = await Plant.SetUpAsync(Server);
        var objects = await MakeAsync(plant);
        var limited = await LimitedAsync(plant, "Tom", role);
        var (key, program) = await plant.KeyAsync(new("Program", [.. RolePermissions.Of(role).Where(permission => permission != Permission.SendEvents)]) { Places = ["Hall 1"] });
        key.Key.Places.ShouldBe(["Hall 1"]);
        var before = await StateAsync(plant);

        foreach (var http in new[] { limited, program })
        {
            foreach (var (route, (name, body)) in OfObjects)
            {
                if (route.StartsWith("GET /", StringComparison.Ordinal) && !route.StartsWith("GET /api", StringComparison.Ordinal) && http == program)
                    continue;
                using var answer = await SendAsync(http, route.Split(' ')[0], objects.Fill(route.Split(' ')[1], isHere: false), Objects.Body(body, isHere: false));
                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

                text.ShouldNotContain("Hall 2", Case.Sensitive, route);
                text.ShouldNotContain("secret", Case.Insensitive, route);
                if (route.StartsWith("GET /api", StringComparison.Ordinal) && answer.IsSuccessStatusCode)
                    text.ShouldBe("[]", route);
                else if (route.Contains(" /api", StringComparison.Ordinal))
                    ((int)answer.StatusCode).ShouldBeOneOf([403, 404, 409], route);
                if (answer.StatusCode == HttpStatusCode.Conflict)
                    text.ShouldContain("NotOutOfService", Case.Sensitive, route);
            }

            foreach (var (path, json) in new[]
            {
                ("api/v1/alerts/actions", $$"""{"trigger":"Acknowledged","alertIds":[{{objects.Alerts[There]}}]}"""),
                ("api/v1/alerts/actions", $$"""{"trigger":"Shelved","sensorId":"{{There}}","kind":"BaselineMultiple","alertIds":[],"note":"quiet","until":"{{TimeProvider.System.GetUtcNow().AddHours(1):O}}"}"""),
                ("api/v1/out-of-service", $$"""{"sensorId":"{{There}}","reason":"work","expectedEnd":"{{TimeProvider.System.GetUtcNow().AddHours(1):O}}"}"""),
                ("api/v1/out-of-service", $$"""{"machine":"Hall 2, Pump","reason":"work","expectedEnd":"{{TimeProvider.System.GetUtcNow().AddHours(1):O}}"}"""),
                ("api/v1/rules", Objects.Body("rule", isHere: false)!),
                ($"api/v1/sensors/{Here}/merge", $$"""{"to":"{{There}}","reason":"moved"}"""),
                ($"api/v1/sensors/{Here}/hand-over", $$"""{"to":"{{There}}","reason":"moved"}"""),
            })
            {
                using var answer = await SendAsync(http, "POST", path, json);
                ((int)answer.StatusCode).ShouldBeOneOf([403, 404], $"{json}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            }
        }

        (await StateAsync(plant)).ShouldBe(before);
    }

    [Fact]
    public async Task What_is_at_the_place_works()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var objects = await MakeAsync(plant);
        var tom = await LimitedAsync(plant, "Tom", Role.Engineer);

        foreach (var (route, (name, body)) in OfObjects)
        {
            var path = objects.Fill(route.Split(' ')[1], isHere: true).Replace("VB-former", "VB-here", StringComparison.Ordinal);
            using var answer = await SendAsync(tom, route.Split(' ')[0], path, Objects.Body(body, isHere: true));
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            answer.IsSuccessStatusCode.ShouldBeTrue($"{route}: {(int)answer.StatusCode} {text}");

            // The sensor goes by other names from here on.
            if (route.EndsWith("/rename", StringComparison.Ordinal))
                objects.Ids[Here] = "VB-new";
            else if (route.EndsWith("/hand-over", StringComparison.Ordinal))
                objects.Ids[Here] = "VB-newer";
            else if (route.EndsWith("/merge", StringComparison.Ordinal))
                objects.Ids[Here] = "VB-other";
        }
    }

    [Fact]
    public async Task No_list_page_export_or_count_tells_of_another_place()
    {
        using var plant = await Plant.SetUpAsync(Server);
        await MakeAsync(plant);
        var tom = await LimitedAsync(plant, "Tom", Role.Engineer);
        var (_, program) = await plant.KeyAsync(new("Program", [Permission.View]) { Places = ["Hall 1"] });
        var seen = 0;
        foreach (var route in PermissionTableTests.Routes(Server).Where(route => route is { Method: "GET", IsForEverywhere: false } && !route.Path.Contains('{', StringComparison.Ordinal)
            && route.Asked is nameof(Permission.View) or nameof(Permission.Configure) && route.Path is not "/api/v1/live"))
        {
            var path = route.Path == "/api/v1/history" ? $"/api/v1/history?sensor={Here}&sensor={There}&from=2020-01-01T00:00:00Z" : route.Path;
            var whole = await TextAsync(plant.Ada, path);
            foreach (var http in route.Path.StartsWith("/api", StringComparison.Ordinal) ? new[] { tom, program } : [tom])
            {
                var text = await TextAsync(http, path);
                text.ShouldNotContain("Hall 2", Case.Sensitive, path);
                text.ShouldNotContain(There, Case.Sensitive, path);
                text.ShouldNotContain("secret", Case.Insensitive, path);
            }

            seen += whole.Contains(There, StringComparison.Ordinal) ? 1 : 0;
        }

        // Without a limit they do.
        seen.ShouldBeGreaterThan(6);
        var fleet = (await tom.GetFromJsonAsync("api/v1/fleet", DashboardJson.Default.FleetSnapshot, TestContext.Current.CancellationToken))!;
        fleet.Sensors.Select(sensor => sensor.SensorId).Order().ShouldBe([Here, "VB-other"]);
        fleet.OpenAlerts.Select(alert => alert.SensorId).ShouldBe([Here]);
        fleet.Status.Stored.ShouldBe(0);
    }

    [Fact]
    public async Task Acknowledging_all_acknowledges_those_of_the_place()
    {
        using var plant = await Plant.SetUpAsync(Server);
        await MakeAsync(plant);
        var tom = await LimitedAsync(plant, "Tom", Role.Technician);
        var position = (await Server.FleetAsync()).JournalPosition;

        using var answer = await SendAsync(tom, "POST", "api/v1/alerts/acknowledge", $$"""{"filter":{},"upTo":{{position}}}""");

        (await answer.Content.ReadFromJsonAsync(DashboardJson.Default.AlertBulkResult, TestContext.Current.CancellationToken))!.Acknowledged.ShouldBe(1);
        (await Server.FleetAsync()).OpenAlerts.ToDictionary(alert => alert.SensorId, alert => alert.IsUnacknowledged).ShouldBe(
            new Dictionary<string, bool> { [Here] = false, [There] = true }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_key_sends_events_for_sensors_of_its_place_only()
    {
        using var plant = await Plant.SetUpAsync(Server);
        await MakeAsync(plant);
        var (_, program) = await plant.KeyAsync(new("Gateway", [Permission.SendEvents]) { Places = ["Hall 1"] });

        (await PostAsync(program, TestSensor.Event(1, Start.AddMinutes(2), Here, location: "Hall 1, Pump"))).ShouldBe("Stored");
        (await PostAsync(program, TestSensor.Event(1, Start.AddMinutes(3), Here, location: ""))).ShouldBe("Stored");
        (await PostAsync(program, TestSensor.Event(1, Start.AddMinutes(2), "VB-first", location: "Hall 1, Fan"))).ShouldBe("Stored");
        (await PostAsync(program, TestSensor.Event(1, Start.AddMinutes(2), There, location: "Hall 2, Pump"))).ShouldBe("Rejected");
        (await PostAsync(program, TestSensor.Event(1, Start.AddMinutes(2), There, location: "Hall 1, Pump"))).ShouldBe("Rejected");
        (await PostAsync(program, TestSensor.Event(1, Start.AddMinutes(4), Here, location: "Hall 2, Pump"))).ShouldBe("Rejected");
        (await PostAsync(program, TestSensor.Event(1, Start.AddMinutes(2), "VB-nowhere", location: ""))).ShouldBe("Rejected");

        // By its former id, too.
        using (await SendAsync(plant.Ada, "POST", $"api/v1/sensors/{There}/rename", """{"to":"VB-renamed","reason":"new label"}"""))
            (await PostAsync(program, TestSensor.Event(1, Start.AddMinutes(2), There, location: "Hall 1, Pump"))).ShouldBe("Rejected");
        (await Server.FleetAsync()).Sensors.Single(sensor => sensor.SensorId == "VB-renamed").Facts.Location.ShouldBe("Hall 2, Pump");
    }

    [Theory]
    [InlineData("hub")]
    [InlineData("stream")]
    public async Task Live_messages_tell_of_the_place_only_without_a_gap_and_follow_a_sensor_that_moves(string transport)
    {
        using var plant = await Plant.SetUpAsync(Server);
        await MakeAsync(plant);
        var (key, program) = await plant.KeyAsync(new("Board", [Permission.View]) { Places = ["Hall 1"] });
        await using var live = transport == "hub" ? await HubMessages.OpenAsync(Server, key.Secret) : await HubMessages.StreamAsync(program);

        // Alerts of both, alternately, so that entries are passed over in between.
        for (var i = 1; i <= 3; i++)
        {
            await Server.PostEventsAsync(
                TestSensor.Event(i % 2 == 0 ? 50 : 1, Start.AddMinutes(i), There, location: "Hall 2, Pump"), TestSensor.Event(i % 2 == 0 ? 50 : 1, Start.AddMinutes(i), "VB-other", location: "Hall 1, Fan"));
        }

        await Server.PostEventsAsync(TestSensor.Event(60, Start.AddMinutes(1), "VB-new", location: "Hall 1, Press"), TestSensor.Event(60, Start.AddMinutes(1), "VB-new-there", location: "Hall 2, Press"));
        using (await SendAsync(plant.Ada, "POST", $"api/v1/sensors/{There}/notes", """{"from":"2026-01-01T00:00:00Z","kind":"Remark","text":"secret"}"""))
        using (await SendAsync(plant.Ada, "POST", $"api/v1/sensors/{Here}/notes", """{"from":"2026-01-01T00:00:00Z","kind":"Remark","text":"for all"}"""))
            await live.UntilAsync(text => text.Contains("for all", StringComparison.Ordinal));
        await live.UntilAsync(text => text.Contains("VB-new", StringComparison.Ordinal) && text.Contains("Ticks", StringComparison.OrdinalIgnoreCase));
        live.Text.ShouldNotContain(There);
        live.Text.ShouldNotContain("VB-new-there");
        live.Text.ShouldNotContain("Hall 2");
        live.Text.ShouldNotContain("secret");
        var position = (await Server.FleetAsync()).JournalPosition;
        await live.UntilAsync(_ => live.Position == position);
        live.HasGap.ShouldBeFalse();

        // It comes with its alerts only in a new snapshot, so the client is told to fetch one.
        await Server.PostEventsAsync(TestSensor.Event(55, Start.AddMinutes(4), There, location: "Hall 1, Saw"));
        await live.UntilAsync(text => text.Contains("Hall 1, Saw", StringComparison.Ordinal) && text.Contains($"\"{There}\"]", StringComparison.Ordinal));
        var fleet = (await program.GetFromJsonAsync("api/v1/fleet", DashboardJson.Default.FleetSnapshot, TestContext.Current.CancellationToken))!;
        fleet.OpenAlerts.Select(alert => alert.SensorId).ShouldContain(There);

        // And leaves.
        await Server.PostEventsAsync(TestSensor.Event(55, Start.AddMinutes(5), Here, location: "Hall 2, Pump"));
        await live.UntilAsync(text => text.Contains($"[\"{Here}\"]", StringComparison.Ordinal));
        live.Text.ShouldNotContain("Hall 2");
    }

    [Fact]
    public async Task A_rule_for_an_id_that_differs_in_case_from_one_of_another_place_is_refused()
    {
        using var plant = await Plant.SetUpAsync(Server);
        await MakeAsync(plant);
        await Server.PostEventsAsync(TestSensor.Event(1, Start, There.ToUpperInvariant(), location: "Hall 1, Saw"));
        var tom = await LimitedAsync(plant, "Tom", Role.Engineer);

        foreach (var (sensorId, status) in new[] { (There.ToUpperInvariant(), HttpStatusCode.Forbidden), (There, HttpStatusCode.Forbidden), (Here, HttpStatusCode.OK) })
        {
            using var answer = await SendAsync(tom, "POST", "api/v1/rules", Objects.Rule(sensorId, "mine").Replace("\"Location\"", "\"Sensor\"", StringComparison.Ordinal));
            answer.StatusCode.ShouldBe(status, sensorId);
        }
    }

    [Fact]
    public async Task A_limited_reader_that_comes_back_fetches_anew_because_sensors_may_have_moved()
    {
        using var plant = await Plant.SetUpAsync(Server);
        await MakeAsync(plant);
        var (_, program) = await plant.KeyAsync(new("Board", [Permission.View]) { Places = ["Hall 1"] });
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/live") { Headers = { { "Last-Event-ID", "1" } } };
        using var answer = await program.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        (await reader.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("event: reset");
    }

    [Fact]
    public async Task A_changed_place_ends_the_sessions()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var account = await plant.AddAsync("Tom", Role.Viewer);
        var tom = await plant.SignInAsync("Tom");

        (await ChangeAsync(plant, account, new() { Places = ["Hall 1"] })).ShouldContain("Hall 1");

        (await Plant.StatusAsync(tom)).ShouldBe(HttpStatusCode.Unauthorized);
        var again = await plant.SignInAsync("Tom");
        (await again.GetFromJsonAsync("api/v1/me", DashboardJson.Default.SignedIn, TestContext.Current.CancellationToken))!.Places.ShouldBe(["Hall 1"]);
        await RestartServerAsync();
        using var kept = new HttpRequestMessage(HttpMethod.Get, new Uri(Server.Http.BaseAddress!, "api/v1/commands"));
        var entry = (await Server.GetAsync<CommandEntry[]>("api/v1/commands"))!.Single(entry => entry.Name == "ChangePerson");
        entry.After.ShouldNotBeNull().ShouldContain("Hall 1");
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private static async Task<HttpClient> LimitedAsync(Plant plant, string name, Role role)
    {
        (await AddAsync(plant, new(name, Plant.Password, role) { Places = ["Hall 1"] })).ShouldContain("Hall 1");
        return await plant.SignInAsync(name);
    }

    private static async Task<string> AddAsync(Plant plant, NewPerson person)
    {
        using var answer = await plant.Ada.PostAsJsonAsync("api/v1/people", person, DashboardJson.Default.NewPerson, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> ChangeAsync(Plant plant, PersonAccount person, PersonEdit edit)
    {
        using var answer = await plant.Ada.PatchAsJsonAsync($"api/v1/people/{person.Id}", edit, DashboardJson.Default.PersonEdit, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string method, string path, string? body)
    {
        var isQuery = body?.StartsWith('?') == true;
        var request = new HttpRequestMessage(new(method), isQuery ? path + body : path);
        if (method is not "GET" and not "DELETE")
            request.Content = new StringContent(body ?? "{}", Encoding.UTF8, "application/json");
        if (method == "DELETE" && path.StartsWith("/api/v1/sensors", StringComparison.Ordinal))
            request.RequestUri = new(path + "?reason=gone", UriKind.Relative);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<string> TextAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.NoContent], path);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> PostAsync(HttpClient http, string json)
    {
        using var answer = await SendAsync(http, "POST", "api/v1/events", json);
        return (await answer.Content.ReadFromJsonAsync(DashboardJson.Default.EventsResult, TestContext.Current.CancellationToken))!.Items.Single().Outcome.ToString();
    }

    // What somebody without a limit sees, without what changes by itself.
    private static async Task<string> StateAsync(Plant plant)
    {
        var fleet = (await plant.Ada.GetFromJsonAsync("api/v1/fleet", DashboardJson.Default.FleetSnapshot, TestContext.Current.CancellationToken))!;
        var sensor = fleet.Sensors.Single(sensor => sensor.SensorId == There);
        return string.Join('\n', JsonSerializer.Serialize(sensor, DashboardJson.Default.SensorSnapshot), string.Join(' ', fleet.OpenAlerts.Where(alert => alert.SensorId == There)),
            await TextAsync(plant.Ada, $"api/v1/sensors/{There}/notes"), await TextAsync(plant.Ada, "api/v1/rules"), await TextAsync(plant.Ada, "api/v1/out-of-service"));
    }

    // Of each kind one object in Hall 1 and one in Hall 2.
    private async Task<Objects> MakeAsync(Plant plant)
    {
        var objects = new Objects();
        foreach (var (sensorId, hall) in new[] { (Here, "Hall 1"), (There, "Hall 2") })
        {
            var secret = sensorId == There ? "secret" : "open";
            await Server.PostEventsAsync(TestSensor.Event(50, Start, sensorId, location: $"{hall}, Pump"));
            using (var note = await SendAsync(plant.Ada, "POST", $"api/v1/sensors/{sensorId}/notes", $$"""{"from":"2026-01-01T00:00:00Z","kind":"Remark","text":"{{secret}} note"}"""))
                objects.Notes[sensorId] = (await JsonAsync(note)).GetProperty("id").GetInt64();
            using (var rule = await SendAsync(plant.Ada, "POST", "api/v1/rules", Objects.Rule(hall, $"{secret} rule")))
                objects.Rules[sensorId] = (await JsonAsync(rule)).GetProperty("id").GetInt32();
            using (var entry = await SendAsync(plant.Ada, "POST", "api/v1/out-of-service", $$"""{"machine":"{{hall}}, Press","reason":"{{secret}} work","expectedEnd":"{{TimeProvider.System.GetUtcNow().AddHours(1):O}}"}"""))
                objects.Entries[sensorId] = (await JsonAsync(entry)).GetProperty("id").GetInt64();
            objects.Alerts[sensorId] = (await Server.FleetAsync()).OpenAlerts.Single(alert => alert.SensorId == sensorId).Id;
        }

        await Server.PostEventsAsync(TestSensor.Event(1, Start, "VB-other", location: "Hall 1, Fan"));
        return objects;
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text).RootElement;
    }

    private sealed class Objects
    {
        public Dictionary<string, string> Ids { get; } = new() { [Here] = Here, [There] = There };

        public Dictionary<string, long> Alerts { get; } = [];

        public Dictionary<string, long> Notes { get; } = [];

        public Dictionary<string, int> Rules { get; } = [];

        public Dictionary<string, long> Entries { get; } = [];

        public static string Rule(string hall, string name) =>
            $$$"""{"rule":{"name":"{{{name}}}","scope":{"kind":"Location","value":"{{{hall}}}"},"condition":{"kind":"NoData"},"tiers":[{"severity":"Warning","threshold":36000,"recovery":36000,"onDelay":{"readings":1}}]}}""";

        public string Fill(string path, bool isHere)
        {
            var key = isHere ? Here : There;
            return path.Replace("{sensorId}", Ids[key], StringComparison.OrdinalIgnoreCase).Replace("{formerId}", "VB-former", StringComparison.Ordinal)
                .Replace("{alertId:long}", $"{Alerts[key]}", StringComparison.OrdinalIgnoreCase).Replace("{noteId:long}", $"{Notes[key]}", StringComparison.Ordinal)
                .Replace("{ruleId:int}", $"{Rules[key]}", StringComparison.OrdinalIgnoreCase).Replace("{id:long}", $"{Entries[key]}", StringComparison.Ordinal);
        }

        public static string? Body(string? body, bool isHere) => body == "rule" ? Rule(isHere ? "Hall 1" : "Hall 2", isHere ? "open rule" : "hidden rule")
            : body ?? $$"""{"expectedEnd":"{{TimeProvider.System.GetUtcNow().AddHours(2):O}}"}""";
    }

    /// <summary>All messages that a client of the hub, or a reader of the event stream, gets.</summary>
    private sealed class HubMessages : IAsyncDisposable
    {
        private readonly ConcurrentQueue<string> _messages = new();
        private IAsyncDisposable? _open;

        public string Text => string.Join('\n', _messages);

        public long Position { get; private set; }

        public bool HasGap { get; private set; }

        public static async Task<HubMessages> OpenAsync(TestServer server, string secret)
        {
            var messages = new HubMessages();
            var hub = new HubConnectionBuilder().WithUrl(
                new Uri(server.Http.BaseAddress!, LiveHubMethods.Path), (HttpConnectionOptions options) => options.AccessTokenProvider = () => Task.FromResult<string?>(secret)).Build();
            foreach (var method in typeof(ILiveClient).GetMethods())
                hub.On<JsonElement>(method.Name, argument => messages.Add(method.Name, argument));
            messages._open = hub;
            await hub.StartAsync(TestContext.Current.CancellationToken);
            await hub.InvokeAsync(nameof(LiveHubMethods.WatchFleet), TestContext.Current.CancellationToken);
            await hub.InvokeAsync("WatchOverview", TestContext.Current.CancellationToken);
            await hub.InvokeAsync("WatchSensor", There, TestContext.Current.CancellationToken);
            messages.Position = (await server.FleetAsync()).JournalPosition;
            return messages;
        }

        public static async Task<HubMessages> StreamAsync(HttpClient program)
        {
            var messages = new HubMessages();
            var stream = await program.GetStreamAsync("api/v1/live", TestContext.Current.CancellationToken);
            messages._open = stream;
            var begun = new TaskCompletionSource();
            _ = Task.Run(
                async () =>
                {
                    using var reader = new StreamReader(stream);
                    while (await reader.ReadLineAsync() is { } line)
                    {
                        messages._messages.Enqueue(line);
                        if (line.StartsWith("id: ", StringComparison.Ordinal))
                        {
                            messages.Position = long.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture);
                            begun.TrySetResult();
                        }
                    }
                },
                CancellationToken.None);
            await begun.Task.WaitAsync(TimeLimit.Limit, TestContext.Current.CancellationToken);
            return messages;
        }

        public Task UntilAsync(Func<string, bool> condition) => Eventually.TrueAsync(() => Task.FromResult(condition(Text)), "the messages arrive");

        public ValueTask DisposeAsync() => _open!.DisposeAsync();

        private void Add(string method, JsonElement argument)
        {
            _messages.Enqueue($"{method} {argument.GetRawText()}");
            if (method == nameof(ILiveClient.AlertsPassed))
                Pass(argument.GetProperty("first").GetInt64(), argument.GetProperty("last").GetInt64());
            if (method != nameof(ILiveClient.AlertsChanged))
                return;
            foreach (var change in argument.EnumerateArray())
            {
                var at = change.GetProperty("transition").GetProperty("position").GetInt64();
                Pass(at, at);
            }
        }

        private void Pass(long first, long last)
        {
            if (last <= Position)
                return;
            HasGap |= first > Position + 1;
            Position = last;
        }
    }
}
