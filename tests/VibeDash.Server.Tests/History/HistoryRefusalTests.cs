using System.Net;
using System.Net.Http.Json;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.History;

/// <summary>Questions about history that have no answer.</summary>
public sealed class HistoryRefusalTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Range = "from=2026-03-01T12:00:00Z&to=2026-03-01T12:59:59Z";

    [Theory]
    [InlineData("api/v1/sensors/VB-1/history?from=2199-01-01T00:00:00Z", "from", FaultCode.EndNotAfterStart)]
    [InlineData("api/v1/sensors/VB-1/history?from=2026-03-01T12:00:00Z&to=2026-03-01T12:00:00Z", "from", FaultCode.EndNotAfterStart)]
    [InlineData("api/v1/sensors/VB-1/history?from=2026-03-02T12:00:00Z&to=2026-03-01T12:00:00Z", "from", FaultCode.EndNotAfterStart)]
    [InlineData("api/v1/sensors/VB-1/history?from=2026-03-01T12:00:00Z&to=9999-12-31T23:59:59Z", "to", FaultCode.NotInRange, "0001-01-01T00:00:00Z", "9000-01-01T00:00:00Z")]
    [InlineData("api/v1/history?from=2026-03-01T12:00:00Z&to=9000-01-01T00:00:00.0000001Z&sensor=VB-1", "to", FaultCode.NotInRange, "0001-01-01T00:00:00Z", "9000-01-01T00:00:00Z")]
    [InlineData($"api/v1/sensors/VB-1/history?{Range}&points=1", "points", FaultCode.NotInRange, "2", "2000")]
    [InlineData($"api/v1/sensors/VB-1/history?{Range}&points=2001", "points", FaultCode.NotInRange, "2", "2000")]
    [InlineData($"api/v1/history?{Range}", "sensor", FaultCode.TimesNotInRange, "1", "8")]
    [InlineData($"api/v1/history?{Range}&sensor=1&sensor=2&sensor=3&sensor=4&sensor=5&sensor=6&sensor=7&sensor=8&sensor=9", "sensor", FaultCode.TimesNotInRange, "1", "8")]
    public async Task A_bad_range_is_refused_with_the_reason(string address, string field, FaultCode code, params string[] arguments)
    {
        using var response = await shared.Running.Http.GetAsync(address, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await response.Content.ReadFromJsonAsync(DashboardJson.Default.Problem, TestContext.Current.CancellationToken);
        problem!.ToRefusal().ShouldBe(Refusal.Invalid(new FieldFault(field, code, arguments)));
    }
}
