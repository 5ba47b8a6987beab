using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Faults;

namespace VibeDash.Server.Tests.Pipeline;

/// <summary>What an edit of the command record leaves to be found.</summary>
public sealed class CommandChainTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DatabaseFolder _folder = new();
    private readonly TransactionRunner _runner;

    public CommandChainTests()
    {
        _folder.Start();
        _runner = new(_folder);
    }

    public static TheoryData<string, string> Edits => new()
    {
        { "UPDATE Commands SET Actor = 'Bob' WHERE Position = 3", "Entry 3" },
        { "UPDATE Commands SET At = At + 1 WHERE Position = 3", "Entry 3" },
        { "UPDATE Commands SET Detail = 'other' WHERE Position = 5", "Entry 5" },
        { "UPDATE Commands SET Refusal = NULL, Detail = Refusal WHERE Position = 2", "Entry 2" },
        { "UPDATE Commands SET Origin = NULL WHERE Position = 1", "Entry" },
        { "DELETE FROM Commands WHERE Position = 3", "Between entry 2 and entry 4 1 are missing." },
        { "DELETE FROM Commands WHERE Position >= 4", "Entries after 3 are missing: 5 were written." },
        { "DELETE FROM Commands WHERE Position <= 2", "Entries up to 2 are missing" },
        { "DELETE FROM Commands", "Entries after 0 are missing: 5 were written." },
        { "UPDATE Commands SET Hash = NULL WHERE Position = 4", "Entry 4" },
        { "UPDATE Commands SET Position = -1 WHERE Position = 2; UPDATE Commands SET Position = 2 WHERE Position = 3; UPDATE Commands SET Position = 3 WHERE Position = -1", "Entry" },
    };

    [Fact]
    public void The_record_is_as_it_was_written()
    {
        Record(5);

        Verify().ShouldSatisfyAllConditions(seen => seen.Faults.ShouldBeEmpty(), seen => seen.Entries.ShouldBe(5));
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edit_is_found(string sql, string expected)
    {
        Record(5);
        using (var context = _folder.CreateDbContext())
            context.Database.ExecuteSqlRaw(sql);

        Verify().Faults.ShouldNotBeEmpty();
        if (expected != "Entry")
            Verify().Faults.ShouldContain(fault => fault.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Entries_in_several_transactions_and_several_in_one_make_one_chain()
    {
        Record(1);
        _runner.Run(commit: true, [.. Enumerable.Range(1, 3).Select(i => Command($"Bob {i}"))]);
        _runner.Run(commit: false, Command("not committed"));
        Record(2);

        Verify().ShouldSatisfyAllConditions(seen => seen.Faults.ShouldBeEmpty(), seen => seen.Entries.ShouldBe(6));
    }

    [Fact]
    public void What_was_deleted_because_of_its_age_is_not_missing()
    {
        Record(5);
        _runner.Run(commit: true, new ClockTick(Noon.AddYears(CommandRecord.Years).AddMinutes(1), listeningSince: null, presentSince: null));

        var (faults, entries, _) = Verify();
        faults.ShouldBeEmpty();
        entries.ShouldBe(1);
    }

    [Fact]
    public void The_first_entry_that_is_left_is_still_verified()
    {
        Record(3);
        Record(2, Noon.AddYears(1));
        _runner.Run(commit: true, new ClockTick(Noon.AddYears(CommandRecord.Years).AddMinutes(1), listeningSince: null, presentSince: null));
        Verify().ShouldSatisfyAllConditions(seen => seen.Faults.ShouldBeEmpty(), seen => seen.Entries.ShouldBe(3));

        using (var context = _folder.CreateDbContext())
            context.Database.ExecuteSqlRaw("UPDATE Commands SET Actor = 'Mallory' WHERE Position = 4");

        Verify().Faults.ShouldContain(fault => fault.StartsWith("Entry 4", StringComparison.Ordinal));
    }

    [Fact]
    public void An_entry_written_while_the_clock_was_wrong_takes_no_other_along()
    {
        Record(3);
        Record(1, Noon.AddYears(-40));
        Record(1);
        _runner.Run(commit: true, new ClockTick(Noon.AddMinutes(1), listeningSince: null, presentSince: null));

        Verify().ShouldSatisfyAllConditions(seen => seen.Faults.ShouldBeEmpty(), seen => seen.Entries.ShouldBe(5));
    }

    [Fact]
    public void Entries_of_before_there_was_a_chain_are_no_fault()
    {
        using (var context = _folder.CreateDbContext())
        {
            context.Commands.Add(new() { Id = Guid.NewGuid(), At = Noon, Actor = "Ada", Name = "PutRule" });
            context.SaveChanges();
        }

        Record(2);
        Verify().ShouldSatisfyAllConditions(seen => seen.Faults.ShouldBeEmpty(), seen => (seen.Entries, seen.Unchained).ShouldBe((3, 1)));
    }

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Dispose();
    }

    private static RecordCommand Command(string by, DateTimeOffset? at = null) => new(
        new() { Actor = by, Name = "AddPerson", Subject = "Eve", Detail = "a detail", After = "{}" }, RefusalCode.NotPermitted, new(by) { Origin = "127.0.0.1" }, at ?? Noon);

    private void Record(int count, DateTimeOffset? at = null)
    {
        for (var i = 0; i < count; i++)
            _runner.Run(commit: true, Command("Ada", at));
    }

    private (IReadOnlyList<string> Faults, int Entries, int Unchained) Verify()
    {
        using var context = _folder.CreateDbContext();
        return CommandChain.Verify(context);
    }
}
