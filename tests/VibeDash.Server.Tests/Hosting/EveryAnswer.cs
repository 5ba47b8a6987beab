using System.Net;
using System.Text.Json;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>Reads every address of the API that can be read, as the server's own document lists them.</summary>
internal static class EveryAnswer
{
    // For each parameter of an address, where it is not the name of a sensor; all that the test server has are numbered from 1.
    private const string Query = "?from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z&points=300&sensor=VB-1&limit=100";

    /// <summary>The faults of all answers: a status other than 200 or 204, JSON that cannot be parsed, numbers that are not finite.</summary>
    /// <param name="server">The server.</param>
    /// <param name="sensorIds">The sensors whose addresses are read.</param>
    /// <returns>The number of addresses read, and the faults.</returns>
    public static async Task<(int Read, string[] Faults)> ReadAsync(TestServer server, params string[] sensorIds)
    {
        using var document = JsonDocument.Parse(await server.Http.GetStringAsync("openapi/v1.json", TestContext.Current.CancellationToken));
        var templates = document.RootElement.GetProperty("paths").EnumerateObject()
            .Where(path => path.Value.TryGetProperty("get", out _))
            .Select(path => path.Name)

            // The stream does not end; there is no backup, and no dead letter need be there.
            .Where(path => !path.EndsWith("/live", StringComparison.Ordinal) && !path.Contains("{name}", StringComparison.Ordinal) && !path.Contains("dead-letters/{id}", StringComparison.Ordinal));
        var faults = new List<string>();
        var addresses = templates.SelectMany(path => path.Contains("{sensorId}", StringComparison.Ordinal)
                ? sensorIds.Select(sensorId => path.Replace("{sensorId}", sensorId, StringComparison.Ordinal))
                : [path])
            .Select(path => path.Replace("{alertId}", "1", StringComparison.Ordinal).Replace("{ruleId}", "1", StringComparison.Ordinal)).ToArray();
        foreach (var address in addresses)
        {
            using var response = await server.Http.GetAsync(address + Query, TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.NoContent))
                faults.Add($"{address}: {(int)response.StatusCode} {text}");
            else if (Fault(text, response.Content.Headers.ContentType?.MediaType) is { } fault)
                faults.Add($"{address}: {fault}");
        }

        return (addresses.Length, [.. faults]);
    }

    private static string? Fault(string text, string? mediaType)
    {
        try
        {
            foreach (var json in mediaType switch { "application/json" => [text], "application/x-ndjson" => text.Split('\n', StringSplitOptions.RemoveEmptyEntries), _ => Array.Empty<string>() })
                JsonDocument.Parse(json).Dispose();
        }
        catch (JsonException malformed)
        {
            return malformed.Message;
        }

        return new[] { "Infinity", "NaN", "\u221E" }.FirstOrDefault(word => text.Contains(word, StringComparison.Ordinal)) is { } found ? $"holds {found}" : null;
    }
}
