using System.Net;
using System.Text;
using System.Text.Json;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Alerts;

/// <summary>Refused actions on alerts and rules.</summary>
public sealed class AlertRefusalTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("alerts/actions", """{"trigger":"Acknowledged"}""")]
    [InlineData("alerts/actions", """{"trigger":"Acknowledged","alertIds":null}""")]
    [InlineData("alerts/actions", """{"trigger":"Raised","alertIds":[1]}""")]
    [InlineData("rules", """{}""")]
    [InlineData("rules", """{"rule":{}}""")]
    [InlineData("rules", """{"rule":{"name":"x","scope":{"kind":"All"},"condition":{"kind":"Stuck"},"tiers":[null]}}""")]
    [InlineData("out-of-service", """{}""")]
    public async Task What_lacks_something_is_refused_and_nothing_stops(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await shared.Running.Http.PostAsync($"api/v1/{path}", content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await shared.Running.PostEventsAsync(TestSensor.Event(4, DateTimeOffset.UnixEpoch.AddYears(56)));
        (await shared.Running.FleetAsync()).Status.StorageFault.ShouldBeNull();
    }

    [Fact]
    public async Task A_rule_with_faults_is_refused_with_all_of_them_by_field()
    {
        const string Rule = """{"rule":{"name":"","scope":{"kind":"Machine"},"condition":{"kind":"LevelAbove","unit":"g"},"gate":{"runLevel":2e12},"tiers":[{"severity":"Warning","threshold":2,"recovery":3,"onDelay":{"readings":0}}]}}""";
        using var content = new StringContent(Rule, Encoding.UTF8, "application/json");
        using var response = await shared.Running.Http.PostAsync("api/v1/rules", content, TestContext.Current.CancellationToken);

        (response.StatusCode, response.Content.Headers.ContentType!.MediaType).ShouldBe((HttpStatusCode.BadRequest, "application/problem+json"));
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var errors = problem.RootElement.GetProperty("errors");
        errors.EnumerateObject().Select(error => error.Name).ShouldBe(
            ["rule.name", "rule.scope.value", "rule.gate.runLevel", "rule.gate.unit", "rule.tiers[0].onDelay", "rule.tiers[0].recovery"], ignoreOrder: true);
        errors.GetProperty("rule.tiers[0].recovery")[0].GetString().ShouldBe("The recovery threshold of Warning must be at most its threshold.");
        problem.RootElement.GetProperty("detail").GetString().ShouldBe("The name must have 1 to 100 characters.");
        var fault = problem.RootElement.GetProperty("faults")[0];
        (fault.GetProperty("field").GetString(), fault.GetProperty("code").GetString(), fault.GetProperty("arguments")[0].GetString()).ShouldBe(("rule.name", "RuleNameLength", "100"));
    }
}
