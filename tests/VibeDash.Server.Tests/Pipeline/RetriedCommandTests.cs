using System.Text;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;
using VibeDash.Server.Alerts;
using VibeDash.Server.DeadLetters;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Notes;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Rules;
using VibeDash.Server.Sensors;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Faults;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Pipeline;

/// <summary>
/// A command whose commit outcome is unknown is retried. When the first attempt is on disk, the retry must neither execute it twice nor refuse it;
/// when it is not, the retry executes it.
/// </summary>
public sealed class RetriedCommandTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Ada = new("Ada");
    private static readonly AlertRule Rule = AlertRule.Defaults[0] with { Id = 0, Version = 0, Name = "Retried" };

    private readonly DatabaseFolder _folder = new();
    private readonly TransactionRunner _runner;

    public RetriedCommandTests()
    {
        _folder.Start();
        _runner = new(_folder);

        // An alert (1), a dead letter (1), a rule (in the last place), a note (1), and a machine out of service (1).
        _runner.Run(commit: true, Event("a", 4), Event("b", 40), Event("c", 40), Event("d", 40), Event("e", 4, "VB-2"), PostedEvents.Message("{}"u8.ToArray(), TimeProvider.System.GetUtcNow(), () => { }));
        _runner.Run(
            commit: true,
            new PutRuleCommand(null, Rule, Ada, Noon),
            new AddNoteCommand("VB-1", new(Noon, null, NoteKind.Remark, "Noise"), Ada, Noon),
            new TakeOutOfServiceCommand(new(null, "Hall 9, Pump 9", "Repair", Noon.AddDays(1)), Ada, Noon));
    }

    // An alert of an hour, a day before.
    private static Finding[] Past
    {
        get
        {
            var rule = new SensorRule(AlertRule.Defaults[0], "m/s²");
            var (from, to) = (Noon.AddDays(-1), Noon.AddDays(-1).AddHours(1));
            return [new(FindingKind.Worse, rule, from, from, Severity.Warning, 20, 8), new(FindingKind.Ended, rule, to, to, Severity.Warning, 4, 7.2)];
        }
    }

    public static TheoryData<string, bool> Commands
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var name in Made.Keys)
            {
                data.Add(name, true);
                data.Add(name, false);
            }

            return data;
        }
    }

    // Each with the refusal its result must not have, if any.
    private static Dictionary<string, Func<int, (WorkItem Item, Func<Task<string?>> Refusal)>> Made => new()
    {
        ["add a rule"] = _ => Of(new PutRuleCommand(null, Rule with { Name = "Another" }, Ada, Noon), result => result.Refusal?.Code.ToString()),
        ["change a rule"] = rule => Of(new PutRuleCommand(rule, Rule with { Version = 1, Name = "Changed" }, Ada, Noon), result => result.Refusal?.Code.ToString()),
        ["delete a rule"] = rule => Of(new DeleteRuleCommand(rule, Ada, Noon), result => result.Refusal?.Code.ToString()),
        ["acknowledge"] = _ => Of(new AlertCommand(new(AlertTrigger.Acknowledged) { AlertIds = [1] }, Ada, Noon), results => results[0].Refusal?.Code.ToString()),
        ["acknowledge all that match"] = _ => Of(
            new AcknowledgeMatchingCommand(new(new AlertCriteria(), 1000), Ada, Noon), result => result.Result.Acknowledged == 1 ? null : "nothing acknowledged"),
        ["shelve"] = _ => Of(
            new AlertCommand(new(AlertTrigger.Shelved) { AlertIds = [1], Note = "Later", Until = Noon.AddYears(1) }, Ada, Noon), results => results[0].Refusal?.Code.ToString()),
        ["take out of service"] = _ => Of(new TakeOutOfServiceCommand(new("VB-1", null, "Repair", Noon.AddDays(1)), Ada, Noon), result => result.Refusal?.Code.ToString()),
        ["extend out of service"] = _ => Of(new ExtendOutOfServiceCommand(1, Noon.AddDays(2), Ada, Noon), result => result.Refusal?.Code.ToString()),
        ["return to service"] = _ => Of(new ReturnToServiceCommand(1, Ada, Noon), result => result.Refusal?.Code.ToString()),
        ["set a sensor"] = _ => Of(
            new SetSensorCommand("VB-1", new() { Labels = ["spare"], BaselineSource = BaselineSource.Manual, Baseline = 5, Confirmed = true }, Ada, Noon), result => result.Refusal?.Code.ToString()),
        ["evaluate history"] = _ => Of(new EvaluateHistoryCommand("VB-1", Ada, Noon), result => result.Refusal?.Code.ToString()),
        ["backfill what it found"] = _ => Of(new BackfillCommand("VB-1", 1, [Past], Ada, Noon), count => count == 1 ? null : $"{count} backfilled"),
        ["raise what it found"] = _ => Of(new RaiseHeldCommand("VB-1", 1, Noon, Ada, Noon), count => count == 0 ? null : $"{count} raised"),
        ["rename a sensor"] = _ => Of(new ChangeSensorCommand("VB-1", new(SensorChangeKind.Rename, "VB-3", "typo"), Ada, Noon, () => null), result => result.Refusal?.Code.ToString()),
        ["hand over a sensor"] = _ => Of(new ChangeSensorCommand("VB-1", new(SensorChangeKind.HandOver, "VB-2", "replaced"), Ada, Noon, () => null), result => result.Refusal?.Code.ToString()),
        ["merge a sensor"] = _ => Of(new ChangeSensorCommand("VB-1", new(SensorChangeKind.Merge, "VB-2", "the same"), Ada, Noon, () => null), result => result.Refusal?.Code.ToString()),
        ["delete a sensor"] = _ => Of(new ChangeSensorCommand("VB-1", new(SensorChangeKind.Delete, null, "typo"), Ada, Noon, () => null), result => result.Refusal?.Code.ToString()),
        ["add a note"] = _ => Of(new AddNoteCommand("VB-1", new(Noon, null, NoteKind.Remark, "More"), Ada, Noon), result => result.Refusal?.Code.ToString()),
        ["change a note"] = _ => Of(new ChangeNoteCommand(1, new(Noon, null, NoteKind.Remark, "Less") { Version = 1 }, Ada, Noon), result => result.Refusal?.Code.ToString()),
        ["delete a note"] = _ => Of(new DeleteNoteCommand(1, Ada, Noon), result => result.Refusal?.Code.ToString()),
        ["delete a dead letter"] = _ => Of(new DeleteDeadLettersCommand(1, new(), Ada, Noon), deleted => deleted == 1 ? null : "nothing deleted"),
        ["delete dead letters"] = _ => Of(new DeleteDeadLettersCommand(null, new(), Ada, Noon), deleted => deleted == 1 ? null : "nothing deleted"),
        ["put on record what was done elsewhere"] = _ => Of(new RecordCommand(new() { Actor = "Ada", Name = "AddPerson", Subject = "Eve" }, null, Ada, Noon), actor => actor.Name == "Ada" ? null : actor.Name),
        ["replay a dead letter"] = _ => Of(
            new ReplayCommand(1, [new(ParsedEvent("e"), null)], 1, Ada, Noon), result => result.Outcome == ReplayOutcome.Accepted ? null : result.Outcome.ToString()),
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Is_done_once_and_not_refused(string name, bool firstAttemptReachedTheDisk)
    {
        var rule = AlertRule.Defaults.Count + 1;
        var expected = Effect(rule, name);
        var (item, refusal) = Made[name](rule);

        _runner.Run(firstAttemptReachedTheDisk, item);
        _runner.Fail();
        _runner.Run(commit: true, item);
        item.Committed();

        (await refusal()).ShouldBeNull();
        Tables(_folder).ShouldBe(expected);
    }

    [Fact]
    public void Every_command_is_tried() => typeof(WorkItem).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && IsCommand(type)).ShouldBe(Made.Values.Select(make => make(1).Item.GetType()).Distinct(), ignoreOrder: true);

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Dispose();
    }

    // The effect of one attempt, in a separate database with the same content.
    private string Effect(int rule, string name)
    {
        var copy = Path.Combine(_folder.Folder, "expected");
        Directory.CreateDirectory(copy);
        DatabaseCopy.Write(_folder, Path.Combine(copy, "vibedash.db"), (_, _) => { }, TestContext.Current.CancellationToken);
        using var folder = new DatabaseFolder(copy);
        using var runner = new TransactionRunner(folder);
        runner.Run(commit: true, Made[name](rule).Item);
        return Tables(folder);
    }

    private static string Tables(DatabaseFolder folder)
    {
        using var context = folder.CreateDbContext();
        var text = new StringBuilder();
        foreach (var (table, columns) in new[]
                 {
                     ("AlertRules", "Id, Version, IsCurrent, Definition, ChangedBy"), ("AlertTransitions", "*"), ("Alerts", "*"), ("OutOfService", "*"), ("Sensors", "*"),
                     ("Notes", "*"), ("NoteChanges", "*"), ("DeadLetters", "Id"), ("Readings", "EventId"), ("Commands", "Position, Name, Actor, Subject, Detail"), ("SensorAliases", "*"), ("RemovedSensors", "*"),
                 })
        {
            using var command = context.Database.GetDbConnection().CreateCommand();
            context.Database.OpenConnection();
            command.CommandText = $"SELECT {columns} FROM {table} ORDER BY 1, 2";
            if (!columns.Contains(',') && columns != "*")
                command.CommandText = $"SELECT {columns} FROM {table} ORDER BY 1";
            using var rows = command.ExecuteReader();
            while (rows.Read())
                text.AppendLine($"{table}: {string.Join(" | ", Enumerable.Range(0, rows.FieldCount).Select(rows.GetValue))}");
        }

        return text.ToString();
    }

    private static bool IsCommand(Type type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (parent.IsGenericType && parent.GetGenericTypeDefinition() == typeof(Command<>))
                return true;
        }

        return false;
    }

    private static (WorkItem Item, Func<Task<string?>> Refusal) Of<T>(Command<T> command, Func<T, string?> refusal) =>
        (command, async () => refusal(await command.Completion));

    private static VibrationEvent ParsedEvent(string eventId) => Event(eventId, 4).Outcome.Event!.Value;

    private static Sources.InboundMessage Event(string eventId, double level, string sensorId = "VB-1") =>
        PostedEvents.Message(Encoding.UTF8.GetBytes(TestSensor.Event(level, Noon.AddSeconds(eventId[0]), sensorId, eventId)), Noon.AddMinutes(5), () => { });
}
