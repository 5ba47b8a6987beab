using System.Net;
using System.Text;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Web;

/// <summary>Requests with headers of the test's choice, over a socket of the server.</summary>
internal static class WebServer
{
    public static async Task<TestServer> StartAsync(string folder, params (string Key, string Value)[] settings)
    {
        await using var broker = new EmbeddedTestBroker();
        await broker.StartAsync();
        return await TestServer.StartAsync(folder, broker, settings);
    }

    /// <summary>Sends a request; headers are <c>Name: value</c>. A body is sent with the content type after its line break, with none before.</summary>
    public static async Task<HttpResponseMessage> AskAsync(this TestServer server, string method, string path, string? body = null, string? type = null, params string[] headers)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (type is not null)
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        foreach (var header in headers)
            request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);
        return await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>The code of a refusal, with its status.</summary>
    public static async Task<(HttpStatusCode Status, RefusalCode? Code)> RefusalAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? System.Text.Json.JsonSerializer.Deserialize(text, DashboardJson.Default.Problem)!.ToRefusal()?.Code : null);
    }
}
