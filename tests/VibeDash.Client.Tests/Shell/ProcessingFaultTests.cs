using Bunit;
using VibeDash.Client.Fleet;

namespace VibeDash.Client.Tests.Shell;

public sealed class ProcessingFaultTests : PageTest
{
    [Theory]
    [InlineData(1, "The server could not process 1 message or command since its start, because of a fault of its own:")]
    [InlineData(12, "The server could not process 12 messages or commands since its start, because of a fault of its own:")]
    public void Every_page_shows_that_the_server_could_not_process_something(int faults, string notice)
    {
        var page = Open<FleetPage>(Some.Fleet([Some.Sensor("VB-1")], status: Some.Status() with { ProcessingFaults = faults, LastProcessingFault = "No such key." }));

        var shown = page.Find(".system-notice");
        shown.QuerySelector("strong")!.TextContent.ShouldBe(notice);
        shown.TextContent.ShouldContain("No such key.");
        shown.QuerySelector("a")!.GetAttribute("href").ShouldBe("dead-letters");
    }

    [Theory]
    [InlineData(1, "The server could not answer 1 request in the last 5 minutes, because of a fault of its own:")]
    [InlineData(12, "The server could not answer 12 requests in the last 5 minutes, because of a fault of its own:")]
    public void Every_page_shows_that_the_server_could_not_answer_something(int faults, string notice)
    {
        var page = Open<FleetPage>(Some.Fleet([Some.Sensor("VB-1")], status: Some.Status() with { RequestFaults = faults, LastRequestFault = "No such key." }));

        var shown = page.Find(".system-notice");
        shown.QuerySelector("strong")!.TextContent.ShouldBe(notice);
        shown.TextContent.ShouldContain("No such key.");
    }

    [Fact]
    public void Without_a_fault_there_is_no_notice() =>
        Open<FleetPage>(Some.Fleet([Some.Sensor("VB-1")])).FindAll(".system-notice").ShouldBeEmpty();
}
