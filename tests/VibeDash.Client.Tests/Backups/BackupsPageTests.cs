using Bunit;
using NSubstitute;
using VibeDash.Client.Backups;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Tests.Backups;

public sealed class BackupsPageTests : PageTest
{
    private static readonly BackupFile Kept = new("vibedash-20260301T030000000Z.db", 3L << 30, Some.Time);

    private static readonly BackupRun Running = new("vibedash-20260302T030000000Z.db", "Ada", Some.Time, null, 1L << 30, 4L << 30, null);

    [Fact]
    public void The_backups_are_listed_to_be_taken_away()
    {
        var page = Open(Status(null, Kept));

        page.Find("tbody tr").TextContent.ShouldContain("3 GiB");
        (page.Find("tbody a").GetAttribute("href"), page.Find("tbody a").GetAttribute("download")).ShouldBe(($"api/v1/backups/{Kept.Name}", Kept.Name));
        page.Find("section p").TextContent.ShouldContain("/srv/backups");
    }

    [Fact]
    public void One_is_begun_and_followed_until_it_is_whole()
    {
        Api.StartBackupAsync(Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(Running));
        var page = Open(Status(null));

        Answer(Status(Running));
        page.Find("button.is-primary").Click();
        (page.Find("progress").GetAttribute("value"), page.Find("progress").GetAttribute("max")).ShouldBe(("1073741824", "4294967296"));
        page.Find("[role=status]").TextContent.ShouldContain("begun by Ada");
        Answer(Status(Running with { EndedAt = Some.Time, Bytes = Running.TotalBytes }, Kept));
        Time.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => page.Find(".notice").TextContent.ShouldContain($"{Running.Name} was completed on"));
        page.FindAll("progress").ShouldBeEmpty();
        page.FindAll("tbody tr").Count.ShouldBe(1);
    }

    [Fact]
    public void One_under_way_can_be_cancelled()
    {
        var page = Open(Status(Running));

        page.FindAll("button").Single(button => button.TextContent == "Cancel backup").Click();

        Api.Received(1).CancelBackupAsync(Some.Ada, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void A_refusal_and_a_failure_are_told()
    {
        Api.StartBackupAsync(Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Refused<BackupRun>(RefusalCode.BackupNoRoom, "/srv/backups", 512L << 20, 1L << 20));
        var page = Open(Status(Running with { EndedAt = Some.Time, Fault = RunFault.Of(RunFaultCode.DiskFillingUp, 256L << 20) }));
        page.Find(".fault").TextContent.ShouldContain("The last backup failed and was deleted. The disk was filling up: fewer than 256 MB were free.");

        page.Find("button.is-primary").Click();

        page.Find(".fault").TextContent.ShouldBe("No backup was started. There is not enough room in /srv/backups: 512 MB are needed, 1 MB are free.");
    }

    private static BackupStatus Status(BackupRun? run, params BackupFile[] files) => new(run, files, "/srv/backups", 100L << 30, 7);

    private void Answer(BackupStatus status) => Api.GetBackupsAsync(Arg.Any<CancellationToken>()).Returns(status);

    private IRenderedComponent<BackupsPage> Open(BackupStatus status)
    {
        Answer(status);
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(Some.Fleet());
        return Render<BackupsPage>();
    }
}
