using System.Net;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.People;

/// <summary>Which permission each endpoint asks for, made from the routes; and that it is asked for, tried with each role and each key.</summary>
public sealed class PermissionTableTests : ServerTest
{
    // For everybody: the pages to sign in with, what they are made of, and a word for a load balancer.
    private static readonly string[] Open = ["/display", "/sign-in", "/sign-in/code", "/sign-in/passkey", "/set-up", "/health"];

    private static readonly Dictionary<string, Permission> Table = new()
    {
        ["GET /"] = Permission.View,
        ["GET /alerts"] = Permission.View,
        ["GET /alerts/{AlertId:long}"] = Permission.View,
        ["GET /sensors/{SensorId}"] = Permission.View,
        ["GET /rules"] = Permission.View,
        ["GET /rules/{RuleId:int}"] = Permission.View,
        ["GET /rules/new"] = Permission.View,
        ["GET /shelved"] = Permission.View,
        ["GET /sources"] = Permission.View,
        ["GET /not-found"] = Permission.View,
        ["GET /account"] = Permission.View,
        ["GET /dead-letters"] = Permission.Configure,
        ["GET /backups"] = Permission.Maintain,
        ["GET /openapi/{documentName}.json"] = Permission.View,
        ["GET /scalar/{documentName?}"] = Permission.View,
        ["* /hubs/live"] = Permission.View,
        ["GET /api/v1/me"] = Permission.View,
        ["POST /api/v1/me/sign-out"] = Permission.View,
        ["GET /api/v1/people"] = Permission.Administer,
        ["POST /api/v1/people"] = Permission.Administer,
        ["PATCH /api/v1/people/{personId}"] = Permission.Administer,
        ["DELETE /api/v1/people/{personId}"] = Permission.Administer,
        ["GET /api/v1/keys"] = Permission.Administer,
        ["POST /api/v1/keys"] = Permission.Administer,
        ["POST /api/v1/keys/{keyId}/revoke"] = Permission.Administer,
        ["POST /api/v1/events"] = Permission.SendEvents,
        ["GET /api/v1/live"] = Permission.View,
        ["GET /displays"] = Permission.Configure,
        ["POST /api/v1/displays"] = Permission.Configure,
        ["GET /people"] = Permission.Administer,
        ["GET /audit"] = Permission.Administer,
        ["GET /api/v1/commands"] = Permission.Administer,
        ["GET /api/v1/commands.ndjson"] = Permission.Administer,
        ["GET /api/v1/connections"] = Permission.View,
        ["GET /api/v1/sources"] = Permission.View,
        ["GET /api/v1/status"] = Permission.View,
        ["GET /api/v1/fleet"] = Permission.View,
        ["GET /api/v1/sensors"] = Permission.View,
        ["GET /api/v1/sensors/{sensorId}"] = Permission.View,
        ["DELETE /api/v1/sensors/{sensorId}"] = Permission.Configure,
        ["PUT /api/v1/sensors/{sensorId}/settings"] = Permission.Configure,
        ["GET /api/v1/sensors/{sensorId}/run-level"] = Permission.View,
        ["GET /api/v1/sensors/{sensorId}/extent"] = Permission.View,
        ["POST /api/v1/sensors/{sensorId}/history-evaluation"] = Permission.Configure,
        ["GET /api/v1/history-evaluation"] = Permission.View,
        ["POST /api/v1/sensors/{sensorId}/rename"] = Permission.Configure,
        ["POST /api/v1/sensors/{sensorId}/hand-over"] = Permission.Configure,
        ["POST /api/v1/sensors/{sensorId}/merge"] = Permission.Configure,
        ["DELETE /api/v1/sensors/{sensorId}/former-ids/{formerId}"] = Permission.Configure,
        ["GET /api/v1/sensors/{sensorId}/history"] = Permission.View,
        ["GET /api/v1/history"] = Permission.View,
        ["GET /api/v1/sensors/{sensorId}/notes"] = Permission.View,
        ["POST /api/v1/sensors/{sensorId}/notes"] = Permission.Act,
        ["GET /api/v1/sensors/{sensorId}/notes/journal"] = Permission.View,
        ["PUT /api/v1/notes/{noteId:long}"] = Permission.Act,
        ["DELETE /api/v1/notes/{noteId:long}"] = Permission.Act,
        ["GET /api/v1/sensors/{sensorId}/rules"] = Permission.View,
        ["GET /api/v1/sensors/{sensorId}/readings.csv"] = Permission.View,
        ["GET /api/v1/sensors/{sensorId}/readings.ndjson"] = Permission.View,
        ["GET /api/v1/alerts/journal.csv"] = Permission.View,
        ["GET /api/v1/alerts/journal.ndjson"] = Permission.View,
        ["GET /api/v1/alerts"] = Permission.View,
        ["GET /api/v1/alerts/{alertId:long}"] = Permission.View,
        ["POST /api/v1/alerts/actions"] = Permission.Act,
        ["POST /api/v1/alerts/acknowledge"] = Permission.Act,
        ["POST /api/v1/alerts/{alertId:long}/acknowledge"] = Permission.Act,
        ["GET /api/v1/out-of-service"] = Permission.View,
        ["POST /api/v1/out-of-service"] = Permission.Configure,
        ["POST /api/v1/out-of-service/{id:long}/extend"] = Permission.Configure,
        ["POST /api/v1/out-of-service/{id:long}/return"] = Permission.Configure,
        ["GET /api/v1/rules"] = Permission.View,
        ["POST /api/v1/rules"] = Permission.Configure,
        ["GET /api/v1/rules/{ruleId:int}/versions"] = Permission.View,
        ["PUT /api/v1/rules/{ruleId:int}"] = Permission.Configure,
        ["DELETE /api/v1/rules/{ruleId:int}"] = Permission.Configure,
        ["GET /api/v1/dead-letters"] = Permission.Configure,
        ["DELETE /api/v1/dead-letters"] = Permission.Maintain,
        ["GET /api/v1/dead-letters/groups"] = Permission.Configure,
        ["GET /api/v1/dead-letters/{id:long}"] = Permission.Configure,
        ["DELETE /api/v1/dead-letters/{id:long}"] = Permission.Maintain,
        ["GET /api/v1/dead-letters/{id:long}/payload"] = Permission.Configure,
        ["POST /api/v1/dead-letters/{id:long}/replay"] = Permission.Maintain,
        ["GET /api/v1/dead-letters/replay"] = Permission.Configure,
        ["POST /api/v1/dead-letters/replay"] = Permission.Maintain,
        ["GET /api/v1/backups"] = Permission.Maintain,
        ["POST /api/v1/backups"] = Permission.Maintain,
        ["DELETE /api/v1/backups/run"] = Permission.Maintain,
        ["GET /api/v1/backups/{name}"] = Permission.Maintain,
    };

    [Fact]
    public void Each_endpoint_asks_for_the_permission_of_the_table()
    {
        var asked = Endpoints().Where(endpoint => !Open.Contains(endpoint.Path)).ToDictionary(endpoint => $"{endpoint.Method} {endpoint.Path}", endpoint => endpoint.Asked);

        asked.Select(entry => $"{entry.Key}: {entry.Value}").Order(StringComparer.Ordinal)
            .ShouldBe(Table.Select(entry => $"{entry.Key}: {entry.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_pages_to_sign_in_with_and_the_health_are_for_everybody() =>
        Endpoints().Where(endpoint => endpoint.Asked == "everybody").Select(endpoint => endpoint.Path).Distinct().ShouldBe(Open, ignoreOrder: true);

    [Fact]
    public async Task Each_role_and_each_key_is_let_in_where_the_table_says_and_nowhere_else()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var callers = new List<(string Who, HttpClient Http, IReadOnlyList<Permission> Permissions)> { ("nobody", plant.Browser(), []) };
        foreach (var role in Enum.GetValues<Role>())
        {
            await plant.AddAsync($"A {role}", role);
            callers.Add(($"{role}", await plant.SignInAsync($"A {role}"), RolePermissions.Of(role)));
        }

        foreach (var permission in Enum.GetValues<Permission>().Where(permission => permission != Permission.Administer))
        {
            var (key, program) = await plant.KeyAsync(new($"Key to {permission}", [permission]));
            callers.Add(($"key to {permission}", program, key.Key.Permissions));
        }

        var wrong = new List<string>();
        foreach (var (route, permission) in Table)
        {
            var (method, path) = (route.Split(' ')[0], Example(route.Split(' ')[1]));
            foreach (var (who, http, permissions) in callers)
            {
                // Signing out would end the session that the other routes are tried with.
                if (path.EndsWith("sign-out", StringComparison.Ordinal) && permissions.Contains(permission))
                    continue;
                using var request = new HttpRequestMessage(new(method == "*" ? "POST" : method), method == "*" ? path + "/negotiate?negotiateVersion=1" : path);
                request.Headers.Accept.ParseAdd("application/json");
                if (method is "POST" or "PUT" or "PATCH" && path.StartsWith("/api", StringComparison.Ordinal))
                    request.Content = new StringContent("?", Encoding.UTF8, "application/json");
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                var expected = permissions.Contains(permission) ? "in" : permissions.Count == 0 ? "401" : "403";
                var seen = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? $"{(int)answer.StatusCode}" : "in";
                if (seen != expected)
                    wrong.Add($"{who}, {route}: {(int)answer.StatusCode}, not {expected}");
            }
        }

        wrong.ShouldBeEmpty();

        // Nothing was done in the name of those who were refused.
        (await Server.GetAsync<CommandEntry[]>("api/v1/commands"))!.ShouldAllBe(entry => entry.By == "Ada" || entry.By == "A Administrator" || entry.By == "A Engineer" || entry.By == "A Technician" || entry.Name == "SignIn" || entry.By == "Key to Maintain" || entry.By == "Key to Act" || entry.By == "Key to Configure");
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private static string Example(string path) => path
        .Replace("{documentName?}", "", StringComparison.Ordinal).Replace("{documentName}", "v1", StringComparison.Ordinal)
        .Replace("{name}", "none.db", StringComparison.Ordinal)
        .Replace("{sensorId}", "VB-9", StringComparison.Ordinal).Replace("{SensorId}", "VB-9", StringComparison.Ordinal).Replace("{formerId}", "VB-8", StringComparison.Ordinal)
        .Replace("{personId}", "none", StringComparison.Ordinal).Replace("{keyId}", "none", StringComparison.Ordinal) is var named
        ? System.Text.RegularExpressions.Regex.Replace(named, @"\{\w+:(long|int)\}", "999999")
        : path;

    private IEnumerable<(string Method, string Path, string Asked)> Endpoints() => Routes(Server).Select(route => (route.Method, route.Path, route.Asked));

    /// <summary>All routes: the permission that each asks for, and whether it refuses who is limited to places.</summary>
    internal static IEnumerable<(string Method, string Path, string Asked, bool IsForEverywhere)> Routes(TestServer server)
    {
        foreach (var endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/').TrimEnd('/');

            // Files of the dashboard, and what the framework adds for its own use.
            if (endpoint.Metadata.Any(item => item.GetType().FullName!.Contains("StaticAsset", StringComparison.Ordinal)) || path.StartsWith("/_", StringComparison.Ordinal) || path.Contains("negotiate", StringComparison.Ordinal)
                || path.Contains("{**", StringComparison.Ordinal) || path.EndsWith(".js", StringComparison.Ordinal) || path.EndsWith(".svg", StringComparison.Ordinal))
                continue;
            var isPage = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
            var methods = isPage ? ["GET"] : endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } some ? some : (IReadOnlyList<string>)["*"];
            var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy!).Where(policy => policy != PlaceLimit.Everywhere).Distinct().ToArray();
            var asked = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "everybody"
                : policies.Length == 0 ? isPage ? nameof(Permission.View) : "nothing of its own"
                : policies.MaxBy(policy => policy == nameof(Permission.View) ? 0 : policy is nameof(Permission.Administer) or nameof(Permission.Maintain) ? 2 : 1)!;
            foreach (var method in methods.Where(method => method != "HEAD"))
                yield return (method, path, asked, endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy == PlaceLimit.Everywhere));
        }
    }
}
