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
    public void Of_10_100_letters_of_one_reason_and_topic_the_newest_1000_are_kept_and_all_are_counted()
    {
        Prepare();
        Write(letters => Add(letters, 1, 10, topic: "broken"), Noon);
        for (var batch = 0; batch < 10; batch++)
            Write(letters => Add(letters, 1010, 10), Noon);

        Ids().ShouldBe([1, .. Enumerable.Range(9102, DeadLetter.MaximumKeptOfGroup).Select(id => (long)id)]);
        Dropped().ShouldBe([(RejectionReason.MalformedJson, "a/b", 9100)]);
        TotalsAreThoseOfTheDatabase();

        // The number goes with the last letter that is kept.
        Write(letters => letters.Remove(new DeadLetterSelection(Topic: "a/b"), 999).ShouldBe(999), Noon);
        Dropped().ShouldHaveSingleItem().Dropped.ShouldBe(9100);
        Write(letters => letters.Remove(10_101).ShouldBeTrue(), Noon);
        Dropped().ShouldBeEmpty();
        Ids().ShouldBe([1]);
    }

    [Fact]
    public void Of_20_500_letters_10_000_are_kept_and_those_of_the_largest_groups_give_way()
    {
        Prepare();
        Write(letters => Add(letters, 1, 10, topic: "rare/1"), Noon);
        Write(letters => Add(letters, 400, 10, topic: "rare/2"), Noon);
        for (var batch = 0; batch < 20; batch++)
        {
            var topic = $"often/{batch}";
            Write(letters => Add(letters, 1005, 10, topic: topic), Noon);
        }

        var kept = Topics();
        kept.Values.Sum().ShouldBe(DeadLetter.MaximumKept);
        (kept["rare/1"], kept["rare/2"]).ShouldBe((1, 400));
        kept.Where(topic => topic.Key.StartsWith("often", StringComparison.Ordinal)).ShouldAllBe(topic => topic.Value >= 400 && topic.Value <= 1000);
        (Dropped().Sum(group => group.Dropped) + kept.Values.Sum()).ShouldBe(20_501);
        TotalsAreThoseOfTheDatabase();
    }

    [Fact]
    public void When_every_group_is_one_letter_the_oldest_give_way()
    {
        Prepare();
        for (var batch = 0; batch < 6; batch++)
        {
            var first = batch * 1700;
            Write(letters => Enumerable.Range(first, 1700).ToList().ForEach(i => Add(letters, 1, 10, topic: $"t/{i}")), Noon);
        }

        Ids().ShouldBe(Enumerable.Range(201, DeadLetter.MaximumKept).Select(id => (long)id));
        Dropped().ShouldBeEmpty();
        TotalsAreThoseOfTheDatabase();
    }

    [Fact]
    public void Payloads_topics_and_properties_together_stay_within_64_MiB_and_the_largest_group_gives_way()
    {
        Prepare();
        const int Size = VibrationEventParser.MaximumPayloadBytes;
        Write(letters => Add(letters, 10, Size, topic: "few"), Noon);
        for (var batch = 0; batch < 11; batch++)
            Write(letters => Add(letters, 100, Size, topic: $"a/{batch % 2}"), Noon);

        using var context = _contexts.CreateDbContext();
        context.DeadLetters.Sum(letter => letter.KeptBytes).ShouldBeInRange(DeadLetter.MaximumKeptBytes - Size - 10, DeadLetter.MaximumKeptBytes);
        Topics()["few"].ShouldBe(10);
        Ids()[^1].ShouldBe(1110);
        TotalsAreThoseOfTheDatabase();
    }

    [Fact]
    public void A_letter_that_is_refused_for_another_reason_counts_with_that_one()
    {
        Prepare();
        Write(letters => Add(letters, 1002, 10), Noon);
        Write(letters => letters.Refuse(500, new(RejectionReason.MissingField, "$.rms is missing."), 1, Noon), Noon);

        // One more of the former reason has room now.
        Write(letters => Add(letters, 1, 10), Noon);

        Ids().ShouldBe(Enumerable.Range(3, 1001).Select(id => (long)id));
        Dropped().ShouldBe([(RejectionReason.MalformedJson, "a/b", 2)]);
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

    private static void Add(DeadLetterWriter letters, int count, int payloadBytes, DateTimeOffset? at = null, string topic = "a/b")
    {
        for (var i = 0; i < count; i++)
            letters.Add(new ReceivedMessage(new(topic, new byte[payloadBytes]), at ?? Noon).ToDeadLetter(Bad));
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

    private Dictionary<string, int> Topics()
    {
        using var context = _contexts.CreateDbContext();
        return context.DeadLetters.GroupBy(letter => letter.Topic).ToDictionary(group => group.Key, group => group.Count());
    }

    private List<(RejectionReason Reason, string Topic, long Dropped)> Dropped()
    {
        using var context = _contexts.CreateDbContext();
        return [.. context.DeadLetterGroups.AsEnumerable().Select(group => (group.Reason, group.Topic, group.Dropped))];
    }
}
