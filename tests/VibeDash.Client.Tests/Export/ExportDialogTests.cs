using Bunit;
using VibeDash.Client.Export;

namespace VibeDash.Client.Tests.Export;

public sealed class ExportDialogTests : PageTest
{
    private readonly BunitJSModuleInterop _script;
    private readonly BunitJSModuleInterop _download;
    private readonly JSRuntimeInvocationHandler<ExportOutcome> _run;

    public ExportDialogTests()
    {
        _script = JSInterop.SetupModule("./Export/ExportDialog.razor.js");
        _script.SetupVoid("open", _ => true).SetVoidResult();
        _script.SetupVoid("close", _ => true).SetVoidResult();
        _download = _script.SetupModule("create", _ => true);
        _download.SetupVoid("cancel").SetVoidResult();
        _run = _download.Setup<ExportOutcome>("run", _ => true);
    }

    [Theory]
    [InlineData(false, false, "api/v1/sensors/VB-1/readings.csv?from=2026-02-28T03:00:00Z&to=2026-03-01T03:00:01Z", "VB-1 readings.csv")]
    [InlineData(false, true, "api/v1/sensors/VB-1/readings.ndjson?from=2026-02-28T03:00:00Z&to=2026-03-01T03:00:01Z", "VB-1 readings.ndjson")]
    [InlineData(true, false, "api/v1/alerts/journal.csv?from=2026-02-28T03:00:00Z&to=2026-03-01T03:00:01Z&sensor=VB-1", "VB-1 alert journal.csv")]
    public void What_is_asked_for_is_fetched_from_its_address(bool journal, bool json, string address, string name)
    {
        var page = Open();
        page.Find("input[name=export-from]").GetAttribute("value").ShouldBe("2026-02-28T05:00:00");

        page.FindAll("input[name=export-content]")[journal ? 1 : 0].Change(true);
        page.FindAll("input[name=export-format]")[json ? 1 : 0].Change(true);
        page.Find(".export-link").GetAttribute("href").ShouldBe(address);
        page.Find("form").Submit();

        _script.Invocations["create"].Single().Arguments[0].ShouldBe(address);
        _download.Invocations["run"].Single().Arguments[0].ShouldBe(name);
    }

    [Fact]
    public async Task It_tells_how_far_it_is_and_when_it_is_done()
    {
        var page = Open();
        page.Find("form").Submit();

        await page.InvokeAsync(() => page.Instance.Report(250_000, 20 << 20, 1_000_000));
        (page.Find("progress").GetAttribute("value"), page.Find("progress").GetAttribute("max")).ShouldBe(("250000", "1000000"));
        page.Find("[role=status]").TextContent.ShouldBe("Exporting 250,000 of about 1,000,000 rows, 20 MiB.");
        await page.InvokeAsync(() => page.Instance.Report(999_900, 80 << 20, 1_000_000));
        _run.SetResult(new(Done: true, Cancelled: false, Fault: null));

        page.WaitForAssertion(() => page.Find("[role=status]").TextContent.ShouldBe("Exported 999,900 rows, 80 MiB."));
        page.FindAll(".fault").ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_cancelled_by_its_button_and_when_the_dialog_is_closed()
    {
        var page = Open();
        page.Find("form").Submit();
        await page.InvokeAsync(() => page.Instance.Report(7, 700, 10));

        page.FindAll("button").Single(button => button.TextContent == "Cancel export").Click();
        _download.Invocations["cancel"].Count.ShouldBe(1);
        await page.Find("dialog").TriggerEventAsync("onclose", EventArgs.Empty);
        _download.Invocations["cancel"].Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_failed_is_said_to_be_no_whole_file()
    {
        var page = Open();
        page.Find("form").Submit();
        await page.InvokeAsync(() => page.Instance.Report(7, 700, 10));

        _run.SetResult(new(Done: false, Cancelled: false, Fault: "The disk is full."));

        page.WaitForAssertion(() => page.Find(".fault").TextContent.ShouldBe("The export failed; the file is incomplete. The disk is full."));
    }

    [Theory]
    [InlineData("""{"code":"TooManyExports","arguments":["4"]}""", "4 exports are already in progress.")]
    [InlineData("""{"code":"InvalidInput","arguments":[],"faults":[{"field":"from","code":"EndNotAfterStart","arguments":[]}]}""", "The end must come after the start.")]
    [InlineData("{}", "The server answered 500.")]
    public void What_the_server_refuses_is_told_in_its_sentence(string problem, string sentence)
    {
        var page = Open();
        page.Find("form").Submit();

        _run.SetResult(new(Done: false, Cancelled: false, Fault: "The server answered 500.") { Problem = problem });

        page.WaitForAssertion(() => page.Find(".fault").TextContent.ShouldBe($"The export failed; the file is incomplete. {sentence}"));
    }

    [Fact]
    public void A_range_that_ends_before_it_starts_cannot_be_exported()
    {
        var page = Open();

        page.Find("input[name=export-to]").Change("2026-02-01T00:00:00");

        page.Find(".fault").TextContent.ShouldBe("The range must end after it starts.");
        page.Find("button[type=submit]").HasAttribute("disabled").ShouldBeTrue();
        page.FindAll(".export-link").ShouldBeEmpty();
    }

    private IRenderedComponent<ExportDialog> Open()
    {
        var page = Render<ExportDialog>(dialog => dialog.Add(d => d.SensorId, "VB-1"));
        page.Find("button").Click();
        return page;
    }
}
