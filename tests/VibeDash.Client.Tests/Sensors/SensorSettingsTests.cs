using Bunit;
using NSubstitute;
using VibeDash.Client.Sensors;
using VibeDash.Client.Shell;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;

namespace VibeDash.Client.Tests.Sensors;

public sealed class SensorSettingsTests : PageTest
{
    private static readonly Baseline ByHand = new(BaselineSource.Manual, 3.5, "m/s²", Some.Time, "Grace");

    private SensorSettings? _sent;

    public SensorSettingsTests()
    {
        Api.GetHistoriesAsync([], default, default, default, Xunit.TestContext.Current.CancellationToken)
            .ReturnsForAnyArgs([Some.History(Some.Time.AddHours(-1), Some.Time)]);
    }

    public static TheoryData<double, Baseline?, LearningProgress?, string> Baselines => new()
    {
        { 4, null, null, "4.00 m/s², sent by the sensor." },
        { 0, null, null, "Unknown. The sensor sends none. Rules that compare with the baseline are not evaluated." },
        { 4, ByHand, null, "3.50 m/s², set by hand by Grace on 2026-03-01 05:00:00." },
        { 4, new(BaselineSource.Learned, 3.25, "m/s²", Some.Time, "Grace") { Deviation = 0.125, Readings = 480, RunLevel = 0.178 }, null, "3.25 m/s², learned, complete on 2026-03-01 05:00:00, as Grace asked. Median of 480 readings. Spread (median absolute deviation): 0.13 m/s². Levels up to 0.178 m/s² counted as standstill." },
        { 4, new(BaselineSource.Learned, 3.25, "m/s²", Some.Time, "Grace") { Deviation = 0.125 }, null, "3.25 m/s², learned, complete on 2026-03-01 05:00:00, as Grace asked. Spread (median absolute deviation): 0.13 m/s²." },
        { 4, new(BaselineSource.Learned, null, "m/s²", Some.Time, "Grace") { Demand = new(50, 12.5) }, new(42, 10.48, 12, 0.178), "Being learned: 42 of 50 readings and 10.5 of 12.5 h of the running machine, from 2026-03-01 05:00:00, as Grace asked. 12 readings do not count: the machine stood still, or the level was zero. Levels up to 0.178 m/s² count as standstill. Until then the baseline sent by the sensor applies: 4.00 m/s²." },
        { 0, new(BaselineSource.Learned, null, "m/s²", Some.Time, null), null, "Being learned: 0 of 100 readings and 0 of 24 h of the running machine, from 2026-03-01 05:00:00, as the sensor sends none. Until then rules that compare with the baseline are not evaluated." },
    };

    [Theory]
    [MemberData(nameof(Baselines))]
    public void The_baseline_in_force_is_told_with_where_it_comes_from(double sent, Baseline? inForce, LearningProgress? learning, string text)
    {
        var page = Open(Some.Sensor(baseline: sent) with { BaselineInForce = inForce, Learning = learning });

        string.Join(' ', page.Find("[aria-labelledby=baseline-heading] p").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ShouldBe(text);
    }

    [Fact]
    public void A_baseline_is_set_by_hand()
    {
        Take();
        var page = Open(Some.Sensor());

        page.Find(".baseline-actions input[type=number]").Change("3.75");
        page.FindAll(".baseline-actions form")[0].Submit();

        _sent.ShouldBe(new SensorSettings { BaselineSource = BaselineSource.Manual, Baseline = 3.75 });
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("2026-02-28T14:30:00", "2026-02-28T12:30:00Z")]
    public void A_baseline_is_learned_anew_from_now_or_from_a_local_time(string? entered, string? from)
    {
        Take();
        var page = Open(Some.Sensor());

        if (entered is not null)
            page.Find(".baseline-actions input[type=datetime-local]").Change(entered);
        page.FindAll(".baseline-actions form")[1].Submit();

        (_sent!.BaselineSource, _sent.LearnReadings, _sent.LearnHours).ShouldBe((BaselineSource.Learned, 100, 24));
        _sent.LearnFrom.ShouldBe(from is null ? null : DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void What_the_sensor_sends_can_be_used_again()
    {
        Take();
        var page = Open(Some.Sensor() with { BaselineInForce = ByHand });

        page.Find(".baseline-actions > div button").Click();

        _sent.ShouldBe(new SensorSettings { BaselineSource = BaselineSource.Payload });
    }

    [Fact]
    public void A_baseline_that_cannot_be_is_refused_before_it_is_sent()
    {
        var page = Open(Some.Sensor());

        page.Find(".baseline-actions input[type=number]").Change("-1");
        page.FindAll(".baseline-actions form")[0].Submit();

        page.Find("main .fault").TextContent.ShouldContain("must be a positive number");
        Api.DidNotReceiveWithAnyArgs().SetSensorAsync(null!, null!, default, Xunit.TestContext.Current.CancellationToken);
    }

    [Fact]
    public void One_that_is_far_from_what_the_sensor_sends_is_confirmed_with_both_numbers()
    {
        Api.SetSensorAsync("VB-1", Arg.Do<SensorSettings>(settings => _sent = settings), Some.Ada, Arg.Any<CancellationToken>())
            .Returns(Some.Refused<SensorSettings>(RefusalCode.BaselineUnconfirmed, 40, 4.1, "m/s²"), Some.Done(new SensorSettings()));
        var page = Open(Some.Sensor());

        page.Find(".baseline-actions input[type=number]").Change("40");
        page.FindAll(".baseline-actions form")[0].Submit();

        page.Find(".settings .notice").TextContent.ShouldContain("40 m/s² is far from what the sensor sends: the median of its last day is 4.1 m/s².");
        page.FindAll("main .fault").ShouldBeEmpty();
        _sent!.Confirmed.ShouldBeNull();

        page.Find(".settings .notice .is-danger").Click();
        _sent.ShouldBe(new SensorSettings { BaselineSource = BaselineSource.Manual, Baseline = 40, Confirmed = true });
        page.FindAll(".settings .notice").ShouldBeEmpty();
    }

    [Fact]
    public void It_can_be_kept_instead()
    {
        Api.SetSensorAsync("VB-1", Arg.Do<SensorSettings>(settings => _sent = settings), Some.Ada, Arg.Any<CancellationToken>())
            .Returns(Some.Refused<SensorSettings>(RefusalCode.BaselineUnconfirmed, 40, 4.1, "m/s²"));
        var page = Open(Some.Sensor());
        page.Find(".baseline-actions input[type=number]").Change("40");
        page.FindAll(".baseline-actions form")[0].Submit();

        page.FindAll(".settings .notice button")[1].Click();

        page.FindAll(".settings .notice").ShouldBeEmpty();
        _sent!.Confirmed.ShouldBeNull();
    }

    [Fact]
    public void What_it_is_learned_from_is_the_choice_of_the_person()
    {
        Take();
        var page = Open(Some.Sensor());

        page.FindAll(".baseline-actions input[type=number]")[1].Change("50");
        page.FindAll(".baseline-actions input[type=number]")[2].Change("1.5");
        page.FindAll(".baseline-actions form")[1].Submit();

        (_sent!.LearnReadings, _sent.LearnHours).ShouldBe((50, 1.5));

        page.FindAll(".baseline-actions input[type=number]")[1].Change("5");
        page.FindAll(".baseline-actions form")[1].Submit();
        page.Find("main .fault").TextContent.ShouldBe("Must be 10 to 10000.");
    }

    [Fact]
    public void Labels_are_added_and_removed()
    {
        Take();
        var page = Open(Some.Sensor() with { Labels = ["spare", "old"] }, Some.Sensor("VB-2") with { Labels = ["Insured", "OLD"] });
        page.FindAll("#labels option").Select(option => option.GetAttribute("value")).ShouldBe(["Insured"]);

        page.Find("input[list=labels]").Change(" pump ");
        page.Find("input[list=labels]").Closest("form")!.Submit();
        _sent!.Labels.ShouldBe(["spare", "old", "pump"]);

        page.Find("button[aria-label='Remove label spare']").Click();
        _sent.Labels.ShouldBe(["old"]);
    }

    [Fact]
    public void A_year_half_typed_is_no_time_to_learn_from()
    {
        Take();
        var page = Open(Some.Sensor());
        var from = page.Find("input[type=datetime-local]");

        from.Change("0002-11-24T14:30:00");
        from.Closest("form")!.Submit();
        page.Find("main .fault").TextContent.ShouldBe("The time is incomplete: enter a full date and time, or none.");
        _sent.ShouldBeNull();

        page.Find("input[type=datetime-local]").Change("2026-11-24T14:30:00");
        page.Find("input[type=datetime-local]").Closest("form")!.Submit();
        page.FindAll("main .fault").ShouldBeEmpty();
        _sent!.LearnFrom.ShouldNotBeNull();
    }

    [Fact]
    public void A_refusal_is_shown()
    {
        Api.SetSensorAsync("VB-1", Arg.Any<SensorSettings>(), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Refused<SensorSettings>(RefusalCode.SensorUnknown, "VB-1"));
        var page = Open(Some.Sensor());
        page.Find("input[list=labels]").Change("pump");

        page.Find("input[list=labels]").Closest("form")!.Submit();
        page.Find("main .fault").TextContent.ShouldContain("There is no sensor VB-1.");
        page.Find("input[list=labels]").GetAttribute("value").ShouldBe("pump");
    }

    [Fact]
    public void What_others_say_of_the_sensor_is_shown_at_once()
    {
        var page = Open(Some.Sensor());

        Feed.Send(Some.Sensor(sequence: 6) with { Labels = ["spare"], BaselineInForce = ByHand });
        Beat();

        page.Find(".labels").TextContent.ShouldContain("spare");
        page.Find("[aria-labelledby=baseline-heading] p").TextContent.ShouldContain("set by hand by Grace");
    }

    [Fact]
    public void The_rules_are_told_with_the_reason_those_that_apply_first()
    {
        Api.GetSensorRulesAsync("VB-1", Arg.Any<CancellationToken>()).Returns(
        [
            new(7, RuleMatchReason.UnitsNotComparable, ["mm/s", "m/s²"]) { Rule = Iso10816Zones.All[0].Rule(AlertScope.All) with { Id = 7 } },
            new(1, RuleMatchReason.ForAll, []) { Rule = AlertRule.Defaults[0] },
        ]);

        var page = Open(Some.Sensor());

        var rules = page.FindAll(".sensor-rules li");
        rules.Select(rule => rule.QuerySelector("a")!.GetAttribute("href")).ShouldBe(["rules/1", "rules/7"]);
        rules[0].TextContent.ShouldContain("Applies:");
        rules[0].TextContent.ShouldContain("It is for all sensors, and no other");
        rules[1].TextContent.ShouldContain("Does not apply:");
        rules[1].TextContent.ShouldContain("mm/s is a velocity and m/s² an acceleration");
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void A_reading_that_contradicts_itself_is_marked_and_explained(bool isSuspect, int marks)
    {
        var page = Open(Some.Sensor() with { IsSuspect = isSuspect });

        page.FindAll(".suspect").Count(mark => mark.TextContent.Contains("is inconsistent", StringComparison.Ordinal)).ShouldBe(marks);
    }

    [Fact]
    public void A_kind_that_is_not_raised_can_be_shelved_for_no_longer_than_the_server_allows()
    {
        Api.GetSensorRulesAsync("VB-1", Arg.Any<CancellationToken>()).Returns([new(1, RuleMatchReason.ForAll, []) { Rule = AlertRule.Defaults[0] }]);
        AlertAction? sent = null;
        Api.ActAsync(Arg.Do<AlertAction>(action => sent = action), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done<AlertResult[]>([new(Some.Alert(state: AlertState.Shelved))]));
        var page = Open<SensorPage>(Some.Fleet([Some.Sensor()], status: Some.Status() with { MaximumShelvingHours = 0.75 }), (nameof(SensorPage.SensorId), "VB-1"));

        page.Find(".rule-shelve").Click();
        page.Find(".dialog-alert").TextContent.ShouldContain("VB-1");
        page.Find(".dialog-alert").TextContent.ShouldContain("not raised now");
        page.FindAll("dialog .choices label").Select(label => label.TextContent.Trim()).ShouldBe(["15 min", "45 min"]);
        page.Find("dialog textarea").Change("The spare is on its way");
        page.Find("dialog form").Submit();

        sent.ShouldNotBeNull();
        (sent.SensorId, sent.Kind, sent.Note, sent.Until, sent.AlertIds.Length).ShouldBe(("VB-1", ConditionKind.BaselineMultiple, "The spare is on its way", Some.Time.AddMinutes(45), 0));
    }

    [Theory]
    [InlineData(AlertState.Shelved, "Shelved by M. Okafor until 2026-03-01 05:59:00: Waiting for the spare")]
    [InlineData(AlertState.Unacknowledged, null)]
    public void What_is_shelved_or_raised_is_not_offered_to_be_shelved_there(AlertState state, string? told)
    {
        Api.GetSensorRulesAsync("VB-1", Arg.Any<CancellationToken>()).Returns([new(1, RuleMatchReason.ForAll, []) { Rule = AlertRule.Defaults[0] }]);

        var page = Open<SensorPage>(Some.Fleet([Some.Sensor()], [Some.Alert(state: state)]), (nameof(SensorPage.SensorId), "VB-1"));

        page.FindAll(".rule-shelve").ShouldBeEmpty();
        string.Join(' ', page.FindAll(".sensor-rules .rule-note")[^1].TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ShouldBe(told ?? "It is for all sensors, and no other of its kind is more specific.");
    }

    [Theory]
    [InlineData(null, "The state of the machine is unknown: it counts as running, and the rule is evaluated.", null)]
    [InlineData(true, "The machine is reported as running: the rule is evaluated.", "running since 2026-03-01 05:00:00")]
    [InlineData(false, "The machine is reported as stopped: the rule is not evaluated until it runs again.", "stopped since 2026-03-01 05:00:00")]
    public void A_rule_that_follows_the_machine_says_what_is_said_of_it(bool? runs, string words, string? header)
    {
        Api.GetSensorRulesAsync("VB-1", Arg.Any<CancellationToken>())
            .Returns([new(1, RuleMatchReason.ForAll, []) { Rule = AlertRule.Defaults[0] with { Gate = new(null, null, UsesMachineState: true) } }]);

        var page = Open(Some.Sensor() with { Machine = runs is { } said ? new(said, Some.Time) : null });

        page.FindAll(".sensor-rules .rule-note")[^1].TextContent.ShouldBe(words);
        var fact = page.FindAll(".facts div").FirstOrDefault(fact => fact.QuerySelector("dt")!.TextContent == "Machine")?.QuerySelector("dd")!.TextContent;
        (fact is null ? null : string.Join(' ', fact.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ShouldBe(header);
    }

    private IRenderedComponent<MainLayout> Open(params SensorSnapshot[] sensors) => Open<SensorPage>(Some.Fleet(sensors), (nameof(SensorPage.SensorId), "VB-1"));

    private void Take() => Api.SetSensorAsync("VB-1", Arg.Do<SensorSettings>(settings => _sent = settings), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(new SensorSettings()));
}
