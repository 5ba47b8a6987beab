using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Trends;

/// <summary>The times under a chart, in a browser of that time zone.</summary>
public sealed class TimeAxisTests(SharedSite site) : IClassFixture<SharedSite>
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-11-26T15:00:00Z", "2026-11-26T15:15:00Z", 900, "16:00, 16:02, 16:04, 16:06, 16:08, 16:10, 16:12, 16:14")]
    [InlineData("Europe/Berlin", "2026-11-26T15:00:00.250Z", "2026-11-26T15:00:01.150Z", 900, "16:00:00.3, 16:00:00.4, 16:00:00.5, 16:00:00.6, 16:00:00.7, 16:00:00.8, 16:00:00.9, 16:00:01.0, 16:00:01.1")]
    [InlineData("Asia/Kolkata", "2026-11-26T00:00:00Z", "2026-11-26T06:00:00Z", 720, "06:00, 07:00, 08:00, 09:00, 10:00, 11:00")]
    [InlineData("Asia/Kolkata", "2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z", 450, "08:00, 12:00, 16:00, 20:00, *27 Nov, 04:00")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T14:00:00Z", "2026-04-04T17:00:00Z", 500, "01:00, 01:30, 01:30, 02:00, 02:30, 03:00, 03:30")]
    [InlineData("Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 600, "*29 Mar, 03:00, 06:00, 09:00, 12:00, 15:00, 18:00, 21:00, *30 Mar")]
    [InlineData("Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z", 400, "02:00, 02:00, 03:00, 04:00")]
    [InlineData("UTC", "2026-01-20T12:00:00Z", "2026-03-05T12:00:00Z", 700, "21 Jan, 26 Jan, 01 Feb, 06 Feb, 11 Feb, 16 Feb, 21 Feb, 01 Mar")]
    [InlineData("UTC", "2026-01-15T00:00:00Z", "2027-01-15T00:00:00Z", 900, "Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec, *2027")]
    [InlineData("UTC", "2016-06-01T00:00:00Z", "2026-06-01T00:00:00Z", 500, "2018, 2020, 2022, 2024, 2026")]
    public async Task They_are_round_on_the_clock_of_the_zone(string zone, string from, string to, int width, string texts)
    {
        (await TimesAsync(zone, from, to, width, utc: false)).ShouldBe(texts);
    }

    [Fact]
    public async Task In_utc_the_zone_of_the_browser_does_not_matter()
    {
        (await TimesAsync("Asia/Kolkata", "2026-11-26T18:00:00Z", "2026-11-27T06:00:00Z", 600, utc: true)).ShouldBe("18:00, 20:00, 22:00, *27 Nov, 02:00, 04:00, 06:00");
    }

    // The times from left to right; bold ones with a star. Only the script is from the site: there is no page to wait for.
    private async Task<string> TimesAsync(string zone, string from, string to, int width, bool utc)
    {
        await using var visitor = await site.VisitorAsync(new() { TimezoneId = zone });
        await visitor.Page.RouteAsync("**/nothing", route => route.FulfillAsync(new() { ContentType = "text/html", Body = """<link rel="icon" href="data:,">""" }));
        await visitor.GoAsync("nothing");
        var times = await visitor.Page.EvaluateAsync<string>(
            """
            async ([from, to, width, utc]) => {
              const { times } = await import('/trend/timeAxis.js');
              return times(Date.parse(from), Date.parse(to), width, utc).map(({ text, isBold }) => isBold ? `*${text}` : text).join(', ');
            }
            """,
            new object[] { from, to, width, utc });
        visitor.Faults.ShouldBeEmpty();
        return times;
    }
}
