using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

/// <summary>Requests that are no events, or too many.</summary>
public sealed class HttpRefusalTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Json = "application/json";
    private const string Lines = "application/x-ndjson";

    private static readonly string One = TestSensor.Event(4, DateTimeOffset.UnixEpoch.AddYears(56));

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/json; charset=utf-16", null)]
    [InlineData("application/json", "gzip")]
    [InlineData("", null)]
    public async Task Another_content_type_is_refused(string contentType, string? encoding)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(One));
        if (contentType.Length > 0)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        using var response = await shared.Running.Http.PostAsync("api/v1/events", content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData(Json, true)]
    [InlineData(Json, false)]
    [InlineData(Lines, false)]
    public async Task A_body_longer_than_16_MiB_is_refused_with_or_without_its_length(string contentType, bool withLength)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/events") { Content = new ByteArrayContent(new byte[(16 * 1024 * 1024) + 1]) };
        request.Content.Headers.ContentType = new(contentType);

        // The server answers before it has the whole body; a client that waits for its word sees the answer.
        request.Headers.ExpectContinue = withLength;
        request.Headers.TransferEncodingChunked = !withLength;
        using var http = new HttpClient { BaseAddress = shared.Running.Http.BaseAddress };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadFromJsonAsync(DashboardJson.Default.Problem, TestContext.Current.CancellationToken))!.ToRefusal()
            .ShouldBe(Refusal.Of(RefusalCode.BodyTooLong, 16 * 1024 * 1024));
    }

    [Theory]
    [InlineData(10_000, HttpStatusCode.UnprocessableEntity)]
    [InlineData(10_001, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_request_has_at_most_10_000_events(int events, HttpStatusCode expected)
    {
        using var array = await SendAsync($"[{string.Join(',', Enumerable.Repeat("{}", events))}]", Json);
        using var lines = await SendAsync(string.Concat(Enumerable.Repeat("{}\n", events)), Lines);

        (array.StatusCode, lines.StatusCode).ShouldBe((expected, expected));
    }

    private async Task<HttpResponseMessage> SendAsync(string body, string contentType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return await shared.Running.Http.PostAsync("api/v1/events", content, TestContext.Current.CancellationToken);
    }
}
