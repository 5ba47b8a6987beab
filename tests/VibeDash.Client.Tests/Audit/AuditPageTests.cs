using Bunit;
using NSubstitute;
using VibeDash.Client.Audit;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Tests.Audit;

public sealed class AuditPageTests : PageTest
{
    [Fact]
    public void Entries_tell_who_what_where_from_and_what_became_of_it()
    {
        Answer(new CommandEntry(7, Some.Time, "Eve", "PutRule", "1", RefusalCode.RuleChanged) { Origin = "10.0.0.7", Before = "{\"a\":1}", After = "{\"a\":2}" });
        var page = Open<AuditPage>(Some.Fleet());

        var row = page.Find("table.audit tbody").TextContent;
        foreach (var text in (string[])["Eve", "10.0.0.7", "PutRule", "refused: RuleChanged", "{\"a\":1}", "{\"a\":2}"])
            row.ShouldContain(text);
    }

    [Fact]
    public void They_are_filtered_and_exported_with_the_filter()
    {
        Answer();
        var page = Open<AuditPage>(Some.Fleet());
        page.FindAll("main input[type=text]")[0].Change("Eve & Co");
        page.Find("main input[type=checkbox]").Change(true);
        page.Find("main form").Submit();

        Api.Received(1).GetCommandsAsync(new("Eve & Co", null, null, true), null, Arg.Any<CancellationToken>());
        page.Find("a[download]").GetAttribute("href").ShouldBe("api/v1/commands.ndjson?by=Eve%20%26%20Co&refused=true");
        page.Find("main .panel:not(form)").TextContent.ShouldBe("No entries.");
    }

    [Fact]
    public void Older_ones_are_fetched_on_demand()
    {
        Answer([.. Enumerable.Range(0, CommandEntry.DefaultLimit).Select(i => new CommandEntry(200 - i, Some.Time, "Eve", "PutRule", null, null))]);
        Api.GetCommandsAsync(Arg.Any<CommandFilter>(), 101, Arg.Any<CancellationToken>()).Returns([]);
        var page = Open<AuditPage>(Some.Fleet());

        page.FindAll("main button").Single(button => button.TextContent == "Show older entries").Click();

        Api.Received(1).GetCommandsAsync(new(), 101, Arg.Any<CancellationToken>());
    }

    private void Answer(params CommandEntry[] entries) =>
        Api.GetCommandsAsync(Arg.Any<CommandFilter>(), Arg.Any<long?>(), Arg.Any<CancellationToken>()).Returns(entries);
}
