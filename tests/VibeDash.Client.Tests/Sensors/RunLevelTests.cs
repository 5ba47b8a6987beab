using Bunit;
using NSubstitute;
using VibeDash.Client.Sensors;
using VibeDash.Client.Shell;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;

namespace VibeDash.Client.Tests.Sensors;

/// <summary>The run level on a sensor's page, the evaluation of its history, and a sensor that is still to come.</summary>
public sealed class RunLevelTests : PageTest
{
    private static readonly LevelBin[] Bins = [new(0.05, 0.1, 800), new(0.1, 0.2, 10), new(0.2, 0.4, 200)];

    private static readonly RunLevelProposal Found = new("m/s²", 1010, Bins, 0.178, null) { From = Some.Time, To = Some.Time, Standing = 0.06, Running = 0.34, StoodShare = 0.84, Starts = 219 };

    private readonly List<(string Sensor, double? RunLevel)> _sent = [];

    public RunLevelTests()
    {
        Api.GetHistoriesAsync([], default, default, default, Xunit.TestContext.Current.CancellationToken)
            .ReturnsForAnyArgs([Some.History(Some.Time.AddHours(-1), Some.Time)]);
    }

    [Fact]
    public void It_is_proposed_with_its_picture_and_set_for_the_machine_with_one_click()
    {
        Api.ProposeRunLevelAsync("VB-1", Arg.Any<CancellationToken>()).Returns(Found);
        Api.ProposeRunLevelAsync("VB-2", Arg.Any<CancellationToken>()).Returns(Found with { RunLevel = 0.422 });
        Api.ProposeRunLevelAsync("VB-3", Arg.Any<CancellationToken>()).Returns(Found with { RunLevel = null, Obstacle = RunLevelObstacle.OneHump });
        Take();
        var page = Open(Some.Sensor(), Some.Sensor("VB-2"), Some.Sensor("VB-3"), Some.Sensor("VB-4", location: "Line B, Conveyor 5"));

        page.Find(".run-level figcaption").TextContent.ShouldContain("The machine stood still in 84 % of them, at about 0.06 m/s², and ran at about 0.34 m/s². It started 219 times.");
        page.FindAll(".level-histogram rect").Select(bar => (bar.ClassName, bar.GetAttribute("height"))).ShouldBe([("stood", "58"), ("stood", "7"), ("ran", "29")]);

        Button(page, "Use for the machine: it runs above 0.178 m/s²").Click();

        _sent.ShouldBe([("VB-1", 0.178), ("VB-2", 0.422)]);
        page.Find(".settings [role=status]").TextContent.ShouldBe("Set for VB-1, VB-2 (0.422 m/s²). Not for VB-3: nothing to propose.");
    }

    [Theory]
    [InlineData(RunLevelObstacle.TooFewReadings, "At least 100 are needed to find a standstill.")]
    [InlineData(RunLevelObstacle.OneHump, "They form one hump: no standstill shows in them.")]
    [InlineData(RunLevelObstacle.TooFewStarts, "did not go back and forth at least 3 times")]
    public void Without_a_proposal_the_reason_is_told(RunLevelObstacle obstacle, string reason)
    {
        Api.ProposeRunLevelAsync("VB-1", Arg.Any<CancellationToken>()).Returns(Found with { RunLevel = null, Obstacle = obstacle });

        var page = Open(Some.Sensor());

        page.Find(".run-level figcaption").TextContent.ShouldContain(reason);
        page.FindAll(".settings button").ShouldNotContain(button => button.TextContent.StartsWith("Use it", StringComparison.Ordinal));
    }

    [Fact]
    public void A_state_topic_makes_it_unnecessary()
    {
        Api.ProposeRunLevelAsync("VB-1", Arg.Any<CancellationToken>()).Returns(Found);

        var page = Open(Some.Sensor() with { Machine = new(true, Some.Time) });

        page.Find(".settings").TextContent.ShouldContain("A state topic tells whether the machine runs.");
        page.FindAll(".settings button").ShouldNotContain(button => button.TextContent.StartsWith("Use it", StringComparison.Ordinal));
    }

    [Fact]
    public void The_one_in_force_is_told_with_the_rules_it_gates_and_removed()
    {
        Api.GetSensorRulesAsync("VB-1", Arg.Any<CancellationToken>()).Returns(
            [new(1, RuleMatchReason.ForAll, []) { Rule = AlertRule.Defaults[0] }, new(2, RuleMatchReason.ForAll, []) { Rule = AlertRule.Defaults[1] }]);
        Take();
        var page = Open(Some.Sensor(baseline: 0.1) with { RunLevel = new(0.178, "m/s²"), BaselineInForce = new(BaselineSource.Learned, 0.1, "m/s²", Some.Time, "Grace") });

        page.FindAll(".rule-note").Count(note => note.TextContent == "Evaluated only above the run level of the sensor, 0.178 m/s².").ShouldBe(1);
        page.Find(".settings .notice").TextContent.ShouldBe("It is not above the run level: it is the baseline of a standstill. Learn it again.");

        Button(page, "Remove the run level").Click();

        _sent.ShouldBe([("VB-1", 0)]);
    }

    [Fact]
    public void History_is_evaluated_and_what_it_found_is_told()
    {
        var run = new HistoryEvaluation("VB-1", "Ada", Some.Time, null, 1000);
        Api.EvaluateHistoryAsync("VB-1", Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(run));
        var page = Open(Some.Sensor());

        Button(page, "Evaluate history").Click();
        page.Find(".history-evaluation [role=status]").TextContent.ShouldBe("0 of about 1000 readings evaluated.");
        Button(page, "Evaluate history").HasAttribute("disabled").ShouldBeTrue();

        Api.GetHistoryEvaluationAsync(Arg.Any<CancellationToken>()).Returns(run with { EndedAt = Some.Time, Readings = 990, Backfilled = 1, Raised = 2 });
        Time.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => page.Find(".history-evaluation [role=status]").TextContent.ShouldBe("990 readings evaluated: 1 alert backfilled, 2 alerts raised."));
    }

    [Fact]
    public void One_of_another_sensor_is_refused_with_its_name()
    {
        Api.EvaluateHistoryAsync("VB-1", Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Refused<HistoryEvaluation>(RefusalCode.HistoryEvaluationUnderWay, "VB-9"));
        var page = Open(Some.Sensor());

        Button(page, "Evaluate history").Click();

        page.Find(".history-evaluation .fault").TextContent.ShouldBe("The history of VB-9 is being evaluated; one at a time.");
    }

    [Fact]
    public void A_sensor_that_has_not_sent_anything_can_be_told_to_learn()
    {
        SensorSettings? sent = null;
        Api.SetSensorAsync("NEW-1", Arg.Do<SensorSettings>(settings => sent = settings), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(new SensorSettings()));
        var page = Open<SensorPage>(Some.Fleet([Some.Sensor()]), (nameof(SensorPage.SensorId), "NEW-1"));

        page.Find("main form.baseline-actions").Submit();

        sent.ShouldBe(new SensorSettings { BaselineSource = BaselineSource.Learned, LearnReadings = 100, LearnHours = 24 });
        page.Find("main form.baseline-actions [role=status]").TextContent.ShouldBe("The baseline of NEW-1 is learned from its first reading on.");
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<MainLayout> page, string text) =>
        page.FindAll("main button").Single(button => button.TextContent == text);

    private IRenderedComponent<MainLayout> Open(params SensorSnapshot[] sensors) => Open<SensorPage>(Some.Fleet(sensors), (nameof(SensorPage.SensorId), "VB-1"));

    private void Take() => Api.SetSensorAsync(Arg.Any<string>(), Arg.Any<SensorSettings>(), Some.Ada, Arg.Any<CancellationToken>()).Returns(call =>
    {
        _sent.Add((call.ArgAt<string>(0), call.ArgAt<SensorSettings>(1).RunLevel));
        return Some.Done(new SensorSettings());
    });
}
