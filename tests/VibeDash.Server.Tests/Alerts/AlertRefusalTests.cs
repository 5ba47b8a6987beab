using System.Net;
using System.Net.Http.Json;
using System.Text;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Alerts;

/// <summary>Refused actions on alerts and rules.</summary>
public sealed class AlertRefusalTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("alerts/actions", """{"trigger":"Acknowledged","by":"Ada"}""")]
    [InlineData("alerts/actions", """{"trigger":"Acknowledged","by":"Ada","alertIds":null}""")]
    [InlineData("alerts/actions", """{"trigger":"Raised","by":"Ada","alertIds":[1]}""")]
    [InlineData("rules", """{"by":"Ada"}""")]
    [InlineData("rules", """{"by":"Ada","rule":{}}""")]
    [InlineData("rules", """{"by":"Ada","rule":{"name":"x","scope":{"kind":"All"},"condition":{"kind":"Stuck"},"tiers":[null]}}""")]
    [InlineData("out-of-service", """{"by":"Ada"}""")]
    public async Task What_lacks_something_is_refused_and_nothing_stops(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await shared.Running.Http.PostAsync($"api/v1/{path}", content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.Conflict);
        await shared.Running.PostEventsAsync(TestSensor.Event(4, DateTimeOffset.UnixEpoch.AddYears(56)));
        (await shared.Running.FleetAsync()).Status.StorageFault.ShouldBeNull();
    }

    [Fact]
    public async Task A_rule_with_faults_is_refused_with_all_of_them_by_field()
    {
        const string Rule = """{"by":"","rule":{"name":"","scope":{"kind":"Machine"},"condition":{"kind":"LevelAbove","unit":"g"},"gate":{"runLevel":-1},"tiers":[{"severity":"Warning","threshold":2,"recovery":3,"onDelay":{"readings":0}}]}}""";
        using var content = new StringContent(Rule, Encoding.UTF8, "application/json");
        using var response = await shared.Running.Http.PostAsync("api/v1/rules", content, TestContext.Current.CancellationToken);

        (response.StatusCode, response.Content.Headers.ContentType!.MediaType).ShouldBe((HttpStatusCode.BadRequest, "application/problem+json"));
        var result = (await response.Content.ReadFromJsonAsync(DashboardJson.Default.RuleResult, TestContext.Current.CancellationToken))!;
        result.Errors!.Keys.ShouldBe(
            ["by", "rule.name", "rule.scope.value", "rule.gate.runLevel", "rule.gate.unit", "rule.tiers[0].onDelay", "rule.tiers[0].recovery"], ignoreOrder: true);
        result.Errors["rule.tiers[0].recovery"].ShouldBe(["The recovery threshold of Warning must be at most its threshold."]);
        result.Fault.ShouldBe("'by' must have 1 to 100 characters.");
    }
}
