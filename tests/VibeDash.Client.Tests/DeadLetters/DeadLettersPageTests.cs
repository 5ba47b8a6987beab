using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using VibeDash.Client.DeadLetters;
using VibeDash.Client.Fleet;
using VibeDash.Client.Shell;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Core.Readings;

namespace VibeDash.Client.Tests.DeadLetters;

public sealed class DeadLettersPageTests : PageTest
{
    private readonly List<DeadLetterSelection> _asked = [];
    private DeadLetterGroup[] _groups = [Group(), Group(RejectionReason.InvalidEncoding, "gw/2", count: 1, replayable: 0, lastId: 3)];

    public DeadLettersPageTests()
    {
        Api.GetDeadLetterGroupsAsync(null!, Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs(call =>
        {
            _asked.Add(call.Arg<DeadLetterSelection>());
            return _groups;
        });
        Api.GetDeadLettersAsync(null!, 0, Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs([Letter(9), Letter(8) with { Attempts = 2, LastAttemptAt = Some.Time }]);
        Api.GetReplayRunAsync(Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs((ReplayRun?)null);
    }

    [Fact]
    public void Who_may_not_administer_is_offered_to_look_only()
    {
        Person = new("Erik", [.. RolePermissions.Of(Role.Engineer)]);
        var page = OpenAt("dead-letters");

        page.FindAll("main button").Select(button => button.TextContent.Trim()).ShouldBe(["Show messages", "Show messages"]);
    }

    [Fact]
    public void A_group_says_what_is_wrong_where_how_often_and_what_to_do()
    {
        var page = OpenAt("dead-letters");

        var group = page.FindAll(".letter-group")[0];
        group.QuerySelector("h2")!.TextContent.ShouldBe("A field is missing");
        group.QuerySelector(".letter-topic")!.TextContent.ShouldBe("gw/<1>");
        group.QuerySelector(".letter-count")!.TextContent.ShouldContain("12 messages");
        group.QuerySelector(".letter-detail")!.TextContent.ShouldBe("$.rms is missing.");
        group.QuerySelector(".letter-remedy")!.TextContent.ShouldContain("correct the path in the source");
        Buttons(page).ShouldBe(["Replay all 10", "Show messages", "Replay 10", "Delete 12", "Show messages", "Delete 1"]);
    }

    [Fact]
    public void A_group_counts_what_is_not_kept_any_more()
    {
        _groups = [Group() with { Count = 1000, Dropped = 9100 }];

        var page = OpenAt("dead-letters");

        page.Find(".letter-count").TextContent.ShouldStartWith("10100 messages (the newest 1000 are kept), last");
        Buttons(page).ShouldContain("Delete 1000");
    }

    [Fact]
    public void Every_reason_has_words()
    {
        foreach (var reason in Enum.GetValues<RejectionReason>())
            ReasonText.Of(reason).Title.ShouldNotBe(reason.ToString());
    }

    [Fact]
    public void The_address_says_which_are_shown_and_a_single_group_shows_its_messages()
    {
        _groups = [Group()];

        var page = OpenAt("dead-letters?reason=missingfield&topic=gw%2F%3C1%3E");

        _asked.Distinct().ShouldHaveSingleItem().ShouldBe(new DeadLetterSelection(RejectionReason.MissingField, "gw/<1>"));
        page.FindAll(".letters > li").Count.ShouldBe(2);
        page.Find("main .notice").TextContent.ShouldContain("gw/<1>");
    }

    [Fact]
    public void A_reason_nobody_knows_does_not_filter()
    {
        OpenAt("dead-letters?reason=99");

        _asked.Distinct().ShouldHaveSingleItem().ShouldBe(new DeadLetterSelection());
    }

    [Fact]
    public void A_payload_is_shown_as_text_and_never_as_markup()
    {
        Show(new(Letter(9), """{"a":"<img src=x onerror=alert(1)>","n":1.50}""", null, "application/json", [new("id", "<7>")], true, "gw/+"));

        var page = OpenAt("dead-letters");
        page.FindAll("button[aria-expanded]")[0].Click();
        page.FindAll(".letter-row .link")[0].Click();

        page.FindAll("main img").ShouldBeEmpty();
        page.Find(".payload").TextContent.ReplaceLineEndings("\n").ShouldBe("{\n  \"a\": \"<img src=x onerror=alert(1)>\",\n  \"n\": 1.50\n}");
        var facts = page.Find(".letter-facts").TextContent;
        facts.ShouldContain("<7>");
        facts.ShouldContain("retained by the broker");
        facts.ShouldContain("application/json");
        page.Find("a[download]").GetAttribute("href").ShouldBe("api/v1/dead-letters/9/payload");
    }

    [Fact]
    public void Bytes_that_are_no_text_are_shown_in_hex()
    {
        Show(new(Letter(9), null, [0x7B, 0xFF, 0x00, 0x3C, 0x41], null, [], false, null));

        var page = OpenAt("dead-letters");
        page.FindAll("button[aria-expanded]")[0].Click();
        page.FindAll(".letter-row .link")[0].Click();

        page.Find(".payload").TextContent.ShouldBe("0000  7b ff 00 3c 41                                    {..<A\n");
    }

    [Fact]
    public void A_message_that_is_refused_again_says_why()
    {
        Api.ReplayDeadLetterAsync(9, Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(new ReplayResult(ReplayOutcome.Refused, Reason: RejectionReason.InvalidField, Detail: "$.rms must be a number.")));
        var page = OpenAt("dead-letters");
        page.FindAll("button[aria-expanded]")[0].Click();
        page.FindAll(".letters > li")[1].TextContent.ShouldContain("Replayed and rejected again 2 times");

        _asked.Clear();
        Api.GetDeadLettersAsync(null!, 0, Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs([Letter(9) with { Attempts = 1, LastAttemptAt = Some.Time }]);
        page.Find("button[aria-label='Replay message 9']").Click();

        page.FindAll("main [role=status]").ShouldContain(status => status.TextContent == "Message 9 was rejected again: $.rms must be a number.");
        _asked.ShouldHaveSingleItem();
        page.Find(".letters > li").TextContent.ShouldContain("Replayed and rejected again once");
    }

    [Fact]
    public void A_replay_of_many_shows_how_far_it_is_until_it_ends()
    {
        var selection = new DeadLetterSelection(RejectionReason.MissingField, "gw/<1>", Before: 10);
        var run = new ReplayRun(selection, Some.Time, null, 10);
        Api.ReplayDeadLettersAsync(selection, Some.Ada, Arg.Any<CancellationToken>()).Returns(run);
        var page = OpenAt("dead-letters");

        page.Find("button[aria-label='Replay 10: “A field is missing” on gw/<1>']").Click();
        page.Find(".replay-progress").TextContent.ShouldContain("Replaying: 0 of 10 messages");
        page.FindAll("button[disabled]").Count.ShouldBe(4);

        Api.GetReplayRunAsync(Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs(run with { Accepted = 4, Refused = 1, StoredReadings = 8 });
        Time.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => page.Find(".replay-progress [role=status]").TextContent.ShouldBe("Replaying: 5 of 10 messages. 4 accepted with 8 new readings stored, 1 rejected again."));
        page.Find("progress").GetAttribute("value").ShouldBe("5");

        var stopped = run with { EndedAt = Some.Time, Fault = RunFault.Of(RunFaultCode.ServerStopping) };
        Render<ReplayProgress>(progress => progress.Add(p => p.Run, stopped)).Find(".fault").TextContent.ShouldBe("The replay stopped early; the remaining messages are unchanged. The server is stopping.");

        _groups = [];
        Api.GetReplayRunAsync(Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs(run with { Accepted = 10, EndedAt = Some.Time });
        Time.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => page.Find("main .panel h2").TextContent.ShouldBe("No dead letters"));
        page.Find(".replay-progress").TextContent.ShouldContain("Replayed: 10 of 10");
    }

    [Fact]
    public void Nothing_is_deleted_before_the_question_is_answered_and_nothing_that_came_later()
    {
        Api.DeleteDeadLettersAsync(null!, default, Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs(new DeadLettersDeleted(12));
        var page = OpenAt("dead-letters");
        page.Find("button[aria-label='Delete 12: “A field is missing” on gw/<1>']").Click();
        page.Find(".confirm").GetAttribute("aria-label").ShouldBe("Delete these 12 messages permanently?");
        page.FindAll(".confirm button")[1].Click();
        page.FindAll(".confirm").ShouldBeEmpty();
        Api.DidNotReceiveWithAnyArgs().DeleteDeadLettersAsync(null!, default, Xunit.TestContext.Current.CancellationToken);

        page.Find("button[aria-label='Delete 12: “A field is missing” on gw/<1>']").Click();
        page.FindAll(".confirm button")[0].Click();

        Api.Received(1).DeleteDeadLettersAsync(new(RejectionReason.MissingField, "gw/<1>", Before: 10), Some.Ada, Arg.Any<CancellationToken>());
        page.FindAll("main [role=status]").ShouldContain(status => status.TextContent == "12 messages are deleted.");
    }

    [Fact]
    public void What_the_server_does_not_take_is_said()
    {
        Api.DeleteDeadLetterAsync(9, Some.Ada, Arg.Any<CancellationToken>()).Returns<bool>(_ => throw new HttpRequestException("The server did not answer in time."));
        var page = OpenAt("dead-letters");
        page.FindAll("button[aria-expanded]")[0].Click();
        page.Find("button[aria-label='Delete message 9']").Click();

        page.FindAll(".confirm button")[0].Click();

        page.Find(".letter-group [role=alert]").TextContent.ShouldBe("The message was not deleted. The server did not answer in time.");
    }

    [Fact]
    public void Without_dead_letters_the_page_says_what_would_be_here()
    {
        _groups = [];

        OpenAt("dead-letters").Find("main .panel").TextContent.ShouldContain("appears here with the reason and its payload");
    }

    [Fact]
    public void What_arrives_is_counted_in_the_navigation_fetched_and_announced_on_other_pages()
    {
        var page = OpenAt("dead-letters");
        _groups = [Group(count: 13, lastId: 10)];
        Feed.Send(Some.Status(rejected: 1, deadLetters: 13));
        Beat();
        page.WaitForAssertion(() => page.Find(".letter-count").TextContent.ShouldContain("13 messages"));
        page.Find("nav .count").TextContent.ShouldBe("13");
        page.FindAll(".system-notice").ShouldBeEmpty();

        Services.GetRequiredService<NavigationManager>().NavigateTo("");
        var fleet = Open<FleetPage>(Some.Fleet());
        fleet.FindAll(".system-notice").ShouldBeEmpty();
        Feed.Send(Some.Status(rejected: 3, deadLetters: 15));
        Beat();

        fleet.WaitForAssertion(() => fleet.Find(".system-notice").TextContent.ShouldContain("messages could not become readings"));
        fleet.Find(".system-notice a").GetAttribute("href").ShouldBe("dead-letters");
    }

    private static DeadLetterGroup Group(
        RejectionReason reason = RejectionReason.MissingField, string topic = "gw/<1>", int count = 12, int replayable = 10, long lastId = 9) =>
        new(reason, topic, count, replayable, Some.Time.AddHours(-1), Some.Time.AddMinutes(-1), lastId, "$.rms is missing.");

    private static DeadLetter Letter(long id) =>
        new(id, Some.Time.AddMinutes(-1), "gw/<1>", RejectionReason.MissingField, "$.rms is missing.", "{}", 2, true, 0, null);

    private static string[] Buttons(IRenderedComponent<MainLayout> page) => [.. page.FindAll("main button").Select(button => button.TextContent.Trim())];

    private void Show(DeadLetterDetail letter) => Api.GetDeadLetterAsync(9, Arg.Any<CancellationToken>()).Returns(letter);

    private IRenderedComponent<MainLayout> OpenAt(string address)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Open<DeadLettersPage>(Some.Fleet());
    }
}
