using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Faults;

namespace VibeDash.Server.Tests.Pipeline;

/// <summary>How long the record of commands is kept.</summary>
public sealed class CommandRecordTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Kept = Noon.AddYears(-CommandRecord.Years);

    private readonly DatabaseFolder _folder = new();
    private readonly TransactionRunner _runner;

    public CommandRecordTests()
    {
        _folder.Start();
        _runner = new(_folder);
    }

    [Fact]
    public void Entries_older_than_three_years_go_the_oldest_first_500_a_tick()
    {
        Add(Enumerable.Range(1, 1200).Reverse().Select(i => Kept.AddSeconds(-i)));
        Add(Kept.AddMinutes(1), Noon);

        // Each round leaves an entry that tells of it.
        Tick(Noon).ShouldBe([.. Enumerable.Range(1, 700).Reverse().Select(i => Kept.AddSeconds(-i)), Kept.AddMinutes(1), Noon, Noon]);
        Tick(Noon.AddSeconds(1)).Length.ShouldBe(200 + 4);
        Tick(Noon.AddSeconds(2)).ShouldBe([Kept.AddMinutes(1), Noon, Noon, Noon.AddSeconds(1), Noon.AddSeconds(2)]);
    }

    [Fact]
    public void When_none_remain_the_next_round_is_an_hour_later()
    {
        Add(Kept, Kept.AddMinutes(1));

        Tick(Noon).ShouldBe([Kept, Kept.AddMinutes(1)]);
        Tick(Noon.AddHours(1).AddSeconds(-1)).ShouldBe([Kept, Kept.AddMinutes(1)]);
        Tick(Noon.AddHours(1)).ShouldBe([Noon.AddHours(1)]);
    }

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Dispose();
    }

    private void Add(params IEnumerable<DateTimeOffset> times)
    {
        using var context = _folder.CreateDbContext();
        context.Commands.AddRange(times.Select(at => new CommandRow { Id = Guid.NewGuid(), At = at, Actor = "Ada", Name = "PutRule" }));
        context.SaveChanges();
    }

    /// <summary>The times of the entries that remain after a tick of the clock, oldest first.</summary>
    private DateTimeOffset[] Tick(DateTimeOffset now)
    {
        _runner.Run(commit: true, new ClockTick(now, listeningSince: null, presentSince: null));
        using var context = _folder.CreateDbContext();
        return [.. context.Commands.Select(row => row.At).OrderBy(at => at)];
    }
}
