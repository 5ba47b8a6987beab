using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using VibeDash.Core.Trends;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.History;

/// <summary>History over HTTP.</summary>
public sealed class HistoryEndpointTests : ServerTest
{
    private const string Range = "from=2026-03-01T12:00:00Z&to=2026-03-01T12:59:59Z";

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    [Fact]
    public async Task Thousands_of_readings_are_answered_from_what_is_packed_and_what_is_not()
    {
        await PostAsync("VB-1", 3000);

        var history = await Server.GetAsync<TrendHistory>($"api/v1/sensors/VB-1/history?{Range}&points=100");

        history!.Buckets.Length.ShouldBe(60);
        history.BucketMilliseconds.ShouldBe(60_000);
        history.Buckets.Sum(bucket => bucket.Count).ShouldBe(3000);
        history.Buckets[5].ShouldBe(new(Noon.AddMinutes(5).ToUnixTimeMilliseconds(), 50, 250, 299, 274.5));
    }

    [Fact]
    public async Task Several_sensors_come_in_the_order_asked_for_without_those_that_are_not_known()
    {
        await PostAsync("VB-1", 3);
        await PostAsync("VB-2", 5);

        var histories = await Server.GetAsync<TrendHistory[]>($"api/v1/history?sensor=VB-2&sensor=nobody&sensor=VB-1&{Range}");

        histories!.Select(history => (history.SensorId, history.Buckets.Sum(bucket => bucket.Count))).ShouldBe([("VB-2", 5), ("VB-1", 3)]);
    }

    [Fact]
    public async Task Who_has_the_answer_already_is_told_so_until_it_changes()
    {
        await PostAsync("VB-1", 3000);
        const string Early = "api/v1/sensors/VB-1/history?from=2026-03-01T11:00:00Z&to=2026-03-01T12:10:00Z";
        using var first = await Server.Http.GetAsync(Early, TestContext.Current.CancellationToken);

        (await AskAgainAsync(Early, first.Headers.ETag!)).ShouldBe(HttpStatusCode.NotModified);
        await PostAsync("VB-1", 1, Noon.AddMinutes(90));
        (await AskAgainAsync(Early, first.Headers.ETag!)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Answers_are_compressed_for_those_who_can_read_that()
    {
        await PostAsync("VB-1", 3000);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/sensors/VB-1/history?{Range}");
        request.Headers.AcceptEncoding.Add(new("br"));

        using var response = await Server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        response.Content.Headers.ContentEncoding.ShouldBe(["br"]);
    }

    [Fact]
    public async Task Without_an_end_all_is_answered_that_live_readings_are_joined_on_to_also_what_is_ahead_of_the_clock()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        await PostAsync("VB-1", 1, now.AddMinutes(-1));
        await PostAsync("VB-1", 1, now.AddMinutes(2));

        var open = await Server.GetAsync<TrendHistory>($"api/v1/sensors/VB-1/history?from={now.AddMinutes(-10).UtcDateTime:O}&points=100");
        var closed = await Server.GetAsync<TrendHistory>($"api/v1/sensors/VB-1/history?from={now.AddMinutes(-10).UtcDateTime:O}&to={now.UtcDateTime:O}&points=100");

        (open!.Buckets.Sum(bucket => bucket.Count), open.Sequence).ShouldBe((2, 1), "the second waits for the clock");
        open.To.ShouldBeGreaterThanOrEqualTo(now.AddMinutes(2));
        ((open.To - open.From) / TimeSpan.FromMilliseconds(open.BucketMilliseconds)).ShouldBeLessThanOrEqualTo(100);
        (closed!.Buckets.Sum(bucket => bucket.Count), closed.Sequence).ShouldBe((1, 0));
    }

    private async Task<HttpStatusCode> AskAgainAsync(string address, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(tag);
        using var response = await Server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    /// <summary>A reading every 1.2 s from noon on, with levels increasing by one.</summary>
    private async Task PostAsync(string sensorId, int count, DateTimeOffset? from = null)
    {
        var events = Enumerable.Range(0, count).Select(i => TestSensor.Event(i, (from ?? Noon).AddSeconds(i * 1.2), sensorId));
        foreach (var portion in events.Chunk(1000))
            await Server.PostEventsAsync(portion);
    }
}
