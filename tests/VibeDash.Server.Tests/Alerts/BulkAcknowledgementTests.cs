using System.Diagnostics;
using System.Text;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Alerts;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Tests.Faults;
using VibeDash.Server.Tests.Hosting;
using VibeDash.Server.Tests.Pipeline;

namespace VibeDash.Server.Tests.Alerts;

/// <summary>The acknowledgement of all alerts that match a filter.</summary>
public sealed class BulkAcknowledgementTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Ada = new("Ada");

    private readonly DatabaseFolder _folder = new();
    private readonly TransactionRunner _runner;
    private readonly List<TimeSpan> _portions = [];

    public BulkAcknowledgementTests()
    {
        _folder.Start();
        _runner = new(_folder, maximumSensors: 5000);
    }

    [Fact]
    public async Task Two_thousand_are_acknowledged_in_portions_between_which_other_work_has_its_turn()
    {
        foreach (var part in Enumerable.Range(1, 2000).Chunk(500))
            _runner.Run(commit: true, part.Select(i => Event($"VB-{i}", 50)));
        var before = Environment.CpuUsage.TotalTime;

        var result = await AcknowledgeAsync(new(new AlertCriteria { Place = "Hall 1" }, 1_000_000) { Note = "Outage" });

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{result.Acknowledged} alerts in {_portions.Count} portions, the longest {_portions.Max().TotalMilliseconds:0} ms, the last {_portions[^1].TotalMilliseconds:0} ms; processor {(Environment.CpuUsage.TotalTime - before).TotalMilliseconds:0} ms");
        (result.Acknowledged, result.Refused).ShouldBe((2000, 0));
        using var context = _folder.CreateDbContext();
        context.Alerts.Count(alert => alert.State == AlertState.Acknowledged && alert.AcknowledgedBy == "Ada" && alert.AcknowledgementNote == "Outage").ShouldBe(2000);
        context.AlertTransitions.Count(entry => entry.Trigger == AlertTrigger.Acknowledged).ShouldBe(2000);
        var commands = context.Commands.OrderBy(command => command.Position).ToArray();
        commands.Length.ShouldBe((2000 / AcknowledgeMatchingCommand.Portion) + 1);
        commands.ShouldAllBe(command => command.Actor == "Ada" && command.Name == "AcknowledgeMatching" && command.Refusal == null);
        commands.Take(2).Select(command => command.Subject).ShouldBe(["place=Hall 1 upTo=1000000", $"place=Hall 1 upTo=1000000 after={AcknowledgeMatchingCommand.Portion}"]);
    }

    [Fact]
    public async Task One_that_is_raised_again_between_two_portions_is_refused_as_any_other_that_nobody_saw()
    {
        _runner.Run(commit: true, Enumerable.Range(1, 300).Select(i => Event($"VB-{i}", 50)));
        var seen = Position();

        var result = await AcknowledgeMatchingCommand.AllAsync(new(new AlertCriteria(), seen), Ada, Noon.AddMinutes(6), async command =>
        {
            var portion = await ExecuteAsync(command);
            _runner.Run(commit: true, Event("VB-300", 4, second: 1), Event("VB-300", 50, second: 2));
            return portion;
        });

        (result.Acknowledged, result.Refusals.Single().Alert!.SensorId, result.Refusals[0].Refusal!.Code).ShouldBe((299, "VB-300", RefusalCode.AlertChanged));
    }

    [Fact]
    public async Task What_does_not_match_stays_and_what_changed_after_the_person_looked_is_refused_with_its_reason()
    {
        _runner.Run(commit: true, Event("VB-1", 50), Event("VB-2", 50), Event("VB-3", 50), Event("VB-4", 50, "Hall 2, Pump 1"), Event("VB-6", 50));
        _runner.Run(commit: true, Event("VB-6", 4, second: 1));
        var seen = Position();
        _runner.Run(
            commit: true,
            new AlertCommand(new(AlertTrigger.Acknowledged) { AlertIds = [Id("VB-2")] }, new("Bob"), Noon),
            new AlertCommand(new(AlertTrigger.Commented) { AlertIds = [Id("VB-3")], Note = "Heard it" }, new("Bob"), Noon),
            Event("VB-5", 50),
            Event("VB-6", 50, second: 2));

        var result = await AcknowledgeAsync(new(new AlertCriteria { Place = "hall 1", State = AlertState.Unacknowledged }, seen));

        (result.Acknowledged, result.Refused).ShouldBe((2, 3), "a comment asks for nothing");
        result.Refusals.OrderBy(refusal => refusal.Alert!.SensorId, StringComparer.Ordinal).Select(refusal => (refusal.Alert!.SensorId, refusal.Refusal)).ShouldBe(
        [
            ("VB-2", Refusal.Of(RefusalCode.AlertAcknowledged, "Bob", Noon)), ("VB-5", Refusal.Of(RefusalCode.AlertChanged)), ("VB-6", Refusal.Of(RefusalCode.AlertChanged)),
        ]);
        using (var context = _folder.CreateDbContext())
        {
            context.Alerts.OrderBy(alert => alert.SensorId).Select(alert => alert.SensorId + " " + alert.State).ToArray().ShouldBe(
                ["VB-1 Acknowledged", "VB-2 Acknowledged", "VB-3 Acknowledged", "VB-4 Unacknowledged", "VB-5 Unacknowledged", "VB-6 Unacknowledged"]);
        }

        var again = await AcknowledgeAsync(new(new AlertCriteria(), Position()));
        (again.Acknowledged, again.Refused).ShouldBe((3, 0));
        (await AcknowledgeAsync(new(new AlertCriteria(), Position()))).ShouldSatisfyAllConditions(none => (none.Acknowledged, none.Refused).ShouldBe((0, 0)));
    }

    [Theory]
    [InlineData("severity")]
    [InlineData("kind")]
    [InlineData("rule")]
    [InlineData("machine")]
    [InlineData("raisedFrom")]
    [InlineData("sensor")]
    public async Task Each_criterion_leaves_the_others_alone(string criterion)
    {
        _runner.Run(commit: true, Event("VB-1", 50), Event("VB-2", 50, "Hall 9, Pump 9", second: 5));
        using (var context = _folder.CreateDbContext())
        {
            var other = context.Alerts.Single(alert => alert.SensorId == "VB-2");
            (other.Severity, other.Kind, other.RuleId) = (Severity.Advisory, ConditionKind.NoData, 77);
            context.SaveChanges();
        }

        _runner.Fail();
        var filter = criterion switch
        {
            "severity" => new AlertCriteria { Severity = Severity.Advisory },
            "kind" => new() { Kind = ConditionKind.NoData },
            "rule" => new() { RuleId = 77 },
            "machine" => new() { Machine = "hall 9, pump 9" },
            "raisedFrom" => new() { RaisedFrom = Noon.AddSeconds(5) },
            _ => new() { SensorId = "VB-2" },
        };

        (await AcknowledgeAsync(new(filter, 1000))).Acknowledged.ShouldBe(1);

        using var after = _folder.CreateDbContext();
        after.Alerts.Single(alert => alert.State == AlertState.Acknowledged).SensorId.ShouldBe("VB-2");
        after.Commands.Single().Subject.ShouldStartWith(criterion);
    }

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Dispose();
    }

    // Above 10 times its baseline.
    private static Sources.InboundMessage Event(string sensorId, double level, string location = "Hall 1, Pump 2", int second = 0) => PostedEvents.Message(
        Encoding.UTF8.GetBytes(TestSensor.Event(level, Noon.AddSeconds(second), sensorId, $"{sensorId}-{second}", location)), Noon.AddMinutes(5), () => { });

    private Task<AlertBulkResult> AcknowledgeAsync(AlertBulkAcknowledgement acknowledgement) =>
        AcknowledgeMatchingCommand.AllAsync(acknowledgement, Ada, Noon.AddMinutes(6), ExecuteAsync);

    private Task<AcknowledgedPortion> ExecuteAsync(AcknowledgeMatchingCommand command)
    {
        var watch = Stopwatch.StartNew();
        _runner.Run(commit: true, command);
        _portions.Add(watch.Elapsed);
        command.Committed();
        return command.Completion;
    }

    private long Id(string sensorId)
    {
        using var context = _folder.CreateDbContext();
        return context.Alerts.Single(alert => alert.SensorId == sensorId).Id;
    }

    private long Position()
    {
        using var context = _folder.CreateDbContext();
        return context.AlertTransitions.Max(entry => entry.Position);
    }
}
