using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Live;

/// <summary>Readers of the server-sent events who were away for long.</summary>
public sealed class MissedAlertsTests(LongJournal journal) : IClassFixture<LongJournal>
{
    [Theory]
    [InlineData("1001", "alerts")]
    [InlineData("1000", "reset")]
    [InlineData("2002", "reset")]
    [InlineData("-1", "reset")]
    [InlineData("yesterday", "reset")]
    public async Task One_that_missed_more_than_1_000_or_knows_another_journal_is_told_to_fetch(string lastEventId, string expected)
    {
        await using var stream = await StreamProbe.OpenAsync(journal.Running, lastEventId: lastEventId);

        var next = await stream.NextAsync();
        next.EventType.ShouldBe(expected);
        if (expected == "reset")
        {
            next.EventId.ShouldBe("2001");
            (await stream.NextAsync()).EventType.ShouldBe("status");
            return;
        }

        // In several events, and no position left out.
        var positions = Enumerable.Range(1102, 900).Select(position => (long)position).ToList();
        while (positions.Count > 0)
        {
            var part = (await stream.NextAsync("alerts", DashboardJson.Default.AlertChangeArray)).Data.Select(change => change.Transition.Position).ToArray();
            part.ShouldBe(positions.Take(part.Length));
            positions.RemoveRange(0, part.Length);
        }
    }
}
