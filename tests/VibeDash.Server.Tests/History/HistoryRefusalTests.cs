using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.History;

/// <summary>Questions about history that have no answer.</summary>
public sealed class HistoryRefusalTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Range = "from=2026-03-01T12:00:00Z&to=2026-03-01T12:59:59Z";

    [Theory]
    [InlineData("api/v1/sensors/VB-1/history?from=2199-01-01T00:00:00Z", "from")]
    [InlineData("api/v1/sensors/VB-1/history?from=2026-03-01T12:00:00Z&to=2026-03-01T12:00:00Z", "from")]
    [InlineData("api/v1/sensors/VB-1/history?from=2026-03-02T12:00:00Z&to=2026-03-01T12:00:00Z", "from")]
    [InlineData($"api/v1/sensors/VB-1/history?{Range}&points=1", "points")]
    [InlineData($"api/v1/sensors/VB-1/history?{Range}&points=2001", "points")]
    [InlineData($"api/v1/history?{Range}", "sensor")]
    [InlineData($"api/v1/history?{Range}&sensor=1&sensor=2&sensor=3&sensor=4&sensor=5&sensor=6&sensor=7&sensor=8&sensor=9", "sensor")]
    public async Task A_bad_range_is_refused_with_the_reason(string address, string field)
    {
        using var response = await shared.Running.Http.GetAsync(address, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await response.Content.ReadFromJsonAsync<ValidationProblemDetails>(TestContext.Current.CancellationToken);
        problem!.Errors.Keys.ShouldBe([field]);
    }
}
