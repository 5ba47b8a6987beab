using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Rules;
using VibeDash.Server.Sources;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

/// <summary>What a sender is told when the commit of its events was tried more than once.</summary>
public sealed class BatchTests : ServerTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly InboundMessage[] _messages = [Message("a"), Message("a"), Message("b")];

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Is_told_what_the_attempts_did_together(bool firstAttemptReachedTheDisk)
    {
        Attempt(commit: firstAttemptReachedTheDisk);
        Attempt(commit: true);

        _messages.Select(message => message.Result).ShouldBe([EventResult.Stored, EventResult.Duplicate, EventResult.Stored]);
    }

    [Fact]
    public void A_repeat_is_a_duplicate_though_its_own_first_attempt_failed()
    {
        Attempt(commit: true);
        var repeat = Message("a");

        Attempt(commit: false, repeat);
        Attempt(commit: true, repeat);

        repeat.Result.ShouldBe(EventResult.Duplicate);
    }

    [Fact]
    public void Rules_changed_in_one_commit_are_each_a_rule_or_version_of_its_own()
    {
        var rule = AlertRule.Defaults[0] with { Id = 0, Version = 0 };
        RuleCommand[] commands = [new(null, rule, "Ada", Noon), new(null, rule, "Bob", Noon), new(1, rule, "Ada", Noon), new(1, rule, "Bob", Noon)];

        Attempt(commit: true, commands);

        var first = AlertRule.Defaults.Count + 1;
        commands.Select(command => (command.Result!.Rule!.Id, command.Result.Rule.Version)).ShouldBe([(first, 1), (first + 1, 1), (1, 2), (1, 3)]);
        using var context = Server.Services.GetRequiredService<IDbContextFactory<VibeDashContext>>().CreateDbContext();
        context.AlertRules.Count(row => row.IsCurrent).ShouldBe(first + 1);
    }

    private static InboundMessage Message(string eventId) =>
        PostedEvents.Message(Encoding.UTF8.GetBytes(TestSensor.Event(4, Noon, eventId: eventId)), Noon, () => { });

    /// <summary>As the event loop does after a fault: with the state as the database has it. The server's own loop is idle.</summary>
    private void Attempt(bool commit, params WorkItem[] messages)
    {
        var contexts = Server.Services.GetRequiredService<IDbContextFactory<VibeDashContext>>();
        using var context = contexts.CreateDbContext();
        using var writer = new EventWriter(contexts, new HistoryOptions());
        var batch = new Batch(StateLoader.Load(context).State, writer, maximumSensors: 10, new Commit());
        batch.Begin();
        foreach (var message in messages.Length > 0 ? messages : _messages)
            batch.Add(message);
        batch.Finish();
        if (commit)
            writer.Commit();
    }
}
