using System.Net.Http.Json;
using System.Net;
using System.Text;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Trends;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Notes;

/// <summary>Invalid notes, which are refused.</summary>
public sealed class NoteRefusalTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("""{"from":"2026-03-01T12:00:00Z","kind":"Remark"}""", "text")]
    [InlineData("""{"from":"2026-03-01T12:00:00Z","kind":"Remark","text":"  "}""", "text")]
    [InlineData("""{"from":"2026-03-01T12:00:00Z","kind":"Remark","text":"a\u0000b"}""", "text")]
    [InlineData("""{"from":"2026-03-01T12:00:00Z","kind":"Remark","text":"a\u2028b"}""", "text")]
    [InlineData("""{"from":"2026-03-01T12:00:00Z","kind":7,"text":"x"}""", "kind")]
    [InlineData("""{"kind":"Remark","text":"x"}""", "from")]
    [InlineData("""{"from":"1999-12-31T23:59:59Z","kind":"Remark","text":"x"}""", "from")]
    [InlineData("""{"from":"2126-03-01T12:00:00Z","kind":"Remark","text":"x"}""", "from")]
    [InlineData("""{"from":"2026-03-01T12:00:00Z","to":"2026-03-01T12:00:00Z","kind":"Remark","text":"x"}""", "to")]
    public async Task What_cannot_be_a_note_is_refused_with_the_field(string body, string field)
    {
        await shared.Running.PostEventsAsync(TestSensor.Event(4, DateTimeOffset.UnixEpoch.AddYears(56), eventId: "only"));
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await shared.Running.Http.PostAsync("api/v1/sensors/VB-1/notes", content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.Content.ReadFromJsonAsync(DashboardJson.Default.Problem, TestContext.Current.CancellationToken))!.Faults!.Select(fault => fault.Field).ShouldBe([field]);
        (await shared.Running.GetAsync<Note[]>("api/v1/sensors/VB-1/notes"))!.ShouldBeEmpty();
    }
}
