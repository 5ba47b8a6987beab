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

namespace VibeDash.Server.Tests.Pipeline;

/// <summary>The answer to a sender when the commit of its events was attempted more than once.</summary>
public sealed class RetryTests : ServerTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Actor Ada = new("Ada"), Bob = new("Bob");

    private readonly InboundMessage[] _messages = [Message("a"), Message("a"), Message("b")];

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Is_told_what_the_attempts_did_together(bool firstAttemptReachedTheDisk)
    {
        using var runner = Runner();
        Attempt(runner, reachesTheDisk: firstAttemptReachedTheDisk, _messages);
        runner.Run(commit: true, _messages);

        _messages.Select(message => message.Result).ShouldBe([EventResult.Stored, EventResult.Duplicate, EventResult.Stored]);
    }

    [Fact]
    public void A_repeat_is_a_duplicate_though_its_own_first_attempt_failed()
    {
        using var runner = Runner();
        runner.Run(commit: true, _messages);
        var repeat = Message("a");

        Attempt(runner, reachesTheDisk: false, repeat);
        runner.Run(commit: true, repeat);

        repeat.Result.ShouldBe(EventResult.Duplicate);
    }

    [Fact]
    public async Task Rules_changed_in_one_commit_are_each_a_rule_or_version_of_its_own()
    {
        using var runner = Runner();
        var rule = AlertRule.Defaults[0] with { Id = 0, Version = 0 };
        PutRuleCommand[] commands = [new(null, rule, Ada, Noon), new(null, rule, Bob, Noon), new(1, rule, Ada, Noon), new(1, rule, Bob, Noon)];

        runner.Run(commit: true, commands);
        foreach (var command in commands)
            command.Committed();

        var first = AlertRule.Defaults.Count + 1;
        (await Task.WhenAll(commands.Select(command => command.Completion))).Select(result => (result.Value!.Id, result.Value.Version)).ShouldBe([(first, 1), (first + 1, 1), (1, 2), (1, 3)]);
        using var context = Server.Services.GetRequiredService<IDbContextFactory<VibeDashContext>>().CreateDbContext();
        context.AlertRules.Count(row => row.IsCurrent).ShouldBe(first + 1);
    }

    private static InboundMessage Message(string eventId) =>
        PostedEvents.Message(Encoding.UTF8.GetBytes(TestSensor.Event(4, Noon, eventId: eventId)), Noon, () => { });

    private TransactionRunner Runner() => new(Server.Services.GetRequiredService<IDbContextFactory<VibeDashContext>>());

    // The outcome of the commit is unknown.
    private static void Attempt(TransactionRunner runner, bool reachesTheDisk, params WorkItem[] items)
    {
        runner.Run(reachesTheDisk, items);
        runner.Fail();
    }
}
