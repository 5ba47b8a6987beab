using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using VibeDash.Core.Contract;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Sources;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Tests.DeadLetters;

/// <summary>The limits of the dead letters, and the totals stored in the database.</summary>
public sealed class DeadLetterWriterTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Rejection Bad = new(RejectionReason.MalformedJson, "Not valid JSON.");

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-letters-").FullName;
    private readonly PooledDbContextFactory<VibeDashContext> _contexts;
    private DeadLetterTotals _totals;

    public DeadLetterWriterTests() => _contexts = new(
        new DbContextOptionsBuilder<VibeDashContext>().UseSqlite($"Data Source={Path.Combine(_folder, "vibedash.db")};Pooling=False").Options);

    [Fact]
    public void Of_10_500_letters_the_newest_10_000_are_kept()
    {
        Prepare();
        for (var batch = 0; batch < 7; batch++)
            Write(letters => Add(letters, 1500, 10), Noon);

        Ids().ShouldBe(Enumerable.Range(501, DeadLetter.MaximumKept).Select(id => (long)id));
        TotalsAreThoseOfTheDatabase();
    }

    [Fact]
    public void Payloads_topics_and_properties_together_stay_within_64_MiB()
    {
        Prepare();
        const int Size = VibrationEventParser.MaximumPayloadBytes;
        for (var batch = 0; batch < 11; batch++)
            Write(letters => Add(letters, 100, Size), Noon);

        var kept = Ids();
        var each = Size + "a/b".Length;
        kept.Count.ShouldBe((int)(DeadLetter.MaximumKeptBytes / each));
        kept[^1].ShouldBe(1100);
        TotalsAreThoseOfTheDatabase();
    }

    [Fact]
    public void After_30_days_a_letter_goes_with_the_next_commit()
    {
        Prepare();
        Write(letters => Add(letters, 3, 10), Noon);
        Write(letters => Add(letters, 2, 10, Noon.AddDays(1)), Noon.AddDays(1));

        Write(_ => { }, Noon.AddDays(30));
        Ids().ShouldBe([1, 2, 3, 4, 5]);
        Write(_ => { }, Noon.AddDays(30).AddSeconds(1));
        Ids().ShouldBe([4, 5]);
        Write(_ => { }, Noon.AddDays(31).AddSeconds(1));
        Ids().ShouldBeEmpty();
        TotalsAreThoseOfTheDatabase();
    }

    [Fact]
    public void The_id_of_a_letter_that_is_gone_is_not_given_again()
    {
        Prepare();
        Write(letters => Add(letters, 3, 10), Noon);
        Write(letters => letters.Remove(new DeadLetterSelection(Topic: "a/b"), 2).ShouldBe(2), Noon);
        Write(letters => letters.Remove(3).ShouldBeTrue(), Noon);
        Write(letters => letters.Remove(3).ShouldBeFalse(), Noon);

        Write(letters => Add(letters, 1, 10), Noon);

        Ids().ShouldBe([4]);
        TotalsAreThoseOfTheDatabase();
    }

    [Fact]
    public void What_was_refused_again_keeps_its_payload_and_says_so()
    {
        Prepare();
        Write(letters => Add(letters, 2, 10), Noon);

        Write(letters => letters.Refuse(2, new(RejectionReason.MissingField, "$.rms is missing."), 1, Noon.AddHours(1)), Noon);

        using var context = _contexts.CreateDbContext();
        var row = context.DeadLetters.Single(letter => letter.Id == 2);
        (row.Reason, row.Detail, row.Attempts, row.LastAttemptAt, row.ReceivedAt).ShouldBe(
            (RejectionReason.MissingField, "$.rms is missing.", 1, Noon.AddHours(1), Noon));
        row.Payload.Length.ShouldBe(10);
        context.DeadLetters.Single(letter => letter.Id == 1).Attempts.ShouldBe(0);
    }

    [Fact]
    public void Properties_beyond_64_KiB_are_left_out_and_the_letter_cannot_be_replayed()
    {
        var message = new SourceMessage("a/b", "{"u8.ToArray()) { UserProperties = [new("name", new string('x', 70_000))] };

        var letter = new ReceivedMessage(message, Noon).ToDeadLetter(Bad);

        (letter.IsWhole, letter.UserProperties, letter.KeptBytes).ShouldBe((false, null, 4));
        new ReceivedMessage(message with { UserProperties = [new("name", "x")] }, Noon).ToDeadLetter(Bad).IsWhole.ShouldBeTrue();
        new ReceivedMessage(new("a/b", new byte[VibrationEventParser.MaximumPayloadBytes + 1]), Noon).ToDeadLetter(Bad)
            .ShouldSatisfyAllConditions(
                large => large.IsWhole.ShouldBeFalse(),
                large => large.Payload.Length.ShouldBe(DeadLetter.MaximumPayloadLength),
                large => large.PayloadBytes.ShouldBe(VibrationEventParser.MaximumPayloadBytes + 1));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Add(DeadLetterWriter letters, int count, int payloadBytes, DateTimeOffset? at = null)
    {
        for (var i = 0; i < count; i++)
            letters.Add(new ReceivedMessage(new("a/b", new byte[payloadBytes]), at ?? Noon).ToDeadLetter(Bad));
    }

    private void Prepare()
    {
        using var hold = Database.Prepare(_contexts, new StorageOptions { Folder = _folder }, TimeProvider.System);
    }

    /// <summary>A transaction like those of the event loop, starting with the totals of the database.</summary>
    private void Write(Action<DeadLetterWriter> change, DateTimeOffset now)
    {
        using var session = new StorageSession(_contexts, new HistoryOptions());
        session.Begin();
        session.DeadLetters.Begin(Totals());
        change(session.DeadLetters);
        session.Save();
        session.DeadLetters.Prune(now);
        session.Commit();
        _totals = session.DeadLetters.Totals;
    }

    private DeadLetterTotals Totals()
    {
        using var context = _contexts.CreateDbContext();
        return StateLoader.Load(context, TimeProvider.System.GetUtcNow()).State.DeadLetters;
    }

    // Nothing is recounted after a commit, so the writer's totals must be correct.
    private void TotalsAreThoseOfTheDatabase() =>
        (Totals() with { OldestAt = null }).ShouldBe(_totals with { OldestAt = null });

    private List<long> Ids()
    {
        using var context = _contexts.CreateDbContext();
        return [.. context.DeadLetters.Select(letter => letter.Id).OrderBy(id => id)];
    }
}
