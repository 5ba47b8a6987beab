using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Alerts;

public sealed class RuleBookTests
{
    private static readonly SensorFacts Facts = new("Hall 2, Line B, Press 1", "Pro X1", null, null, null);

    // Each is more specific than the previous one; all cover the sensor.
    private static readonly AlertScope[] Ascending =
    [
        AlertScope.All,
        new(ScopeKind.Model, "pro x1"),
        new(ScopeKind.Location, "Hall 2"),
        new(ScopeKind.Location, "hall 2, line b"),
        new(ScopeKind.Machine, "Hall 2, Line B, Press 1"),
        new(ScopeKind.Label, "critical"),
        new(ScopeKind.Sensor, "vb-1"),
    ];

    public static TheoryData<AlertScope> Elsewhere =>
    [
        new AlertScope(ScopeKind.Model, "Pro X"),
        new AlertScope(ScopeKind.Location, "Hall"),
        new AlertScope(ScopeKind.Location, "Hall 2,"),
        new AlertScope(ScopeKind.Location, "Hall 2, Line"),
        new AlertScope(ScopeKind.Machine, "Press 1"),
        new AlertScope(ScopeKind.Machine, "Hall 2, Line B"),
        new AlertScope(ScopeKind.Label, "crit"),
        new AlertScope(ScopeKind.Sensor, "VB-10"),
    ];

    public static TheoryData<int, int> Pairs
    {
        get
        {
            var pairs = new TheoryData<int, int>();
            for (var less = 0; less < Ascending.Length; less++)
            {
                for (var more = less + 1; more < Ascending.Length; more++)
                    pairs.Add(less, more);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_most_specific_of_a_kind_wins_whichever_is_newer(int less, int more)
    {
        Applying(Rule(1, Ascending[less]), Rule(2, Ascending[more])).ShouldBe([2]);
        Applying(Rule(1, Ascending[more]), Rule(2, Ascending[less])).ShouldBe([1]);

        Explained(Rule(1, Ascending[more]) with { Name = "Mine" }, Rule(2, Ascending[less]))[2].ShouldBe((false, "LessSpecific: Mine"));
    }

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void A_rule_for_others_does_not_apply(AlertScope scope)
    {
        Applying(Rule(1, scope)).ShouldBeEmpty();
        Explained(Rule(1, scope)).ShouldBeEmpty();
    }

    [Fact]
    public void Of_equally_specific_ones_the_newest_wins()
    {
        var (older, newer) = (Rule(3, Ascending[1]), Rule(7, Ascending[1]) with { Name = "Newer" });

        Applying(newer, older).ShouldBe([7]);
        Explained(newer, older)[3].ShouldBe((false, "Older: Newer"));
    }

    [Fact]
    public void Rules_of_other_kinds_apply_beside_it() =>
        Applying(Rule(1, Ascending[6]), Rule(2, AlertScope.All) with { Condition = new(ConditionKind.NoData) }).ShouldBe([1, 2]);

    [Fact]
    public void One_that_is_switched_off_leaves_its_place_to_the_next()
    {
        var off = Rule(1, Ascending[6]) with { IsEnabled = false };

        Applying(off, Rule(2, AlertScope.All)).ShouldBe([2]);
        Explained(off, Rule(2, AlertScope.All))[1].ShouldBe((false, "SwitchedOff: "));
    }

    [Fact]
    public void One_in_a_unit_that_cannot_be_compared_is_refused_with_the_reason_and_the_next_applies()
    {
        var velocity = Rule(1, Ascending[6]) with { Condition = new(ConditionKind.LevelAbove) { Unit = "mm/s" } };

        Applying(velocity, Rule(2, AlertScope.All)).ShouldBe([2]);
        var explained = Explained(velocity, Rule(2, AlertScope.All));
        explained[1].Applies.ShouldBeFalse();
        explained[1].Reason.ShouldBe("UnitsNotComparable: mm/s, m/s²");
        explained[2].Applies.ShouldBeTrue();
    }

    [Fact]
    public void A_run_level_has_to_be_comparable_too()
    {
        var gated = Rule(1, AlertScope.All) with { Condition = new(ConditionKind.NoData), Gate = new(1, "mm/s") };

        Applying(gated).ShouldBeEmpty();
        Explained(gated)[1].Reason.ShouldBe("UnitsNotComparable: mm/s, m/s²");
        Applying(gated with { Gate = new(1, "g") }).ShouldBe([1]);
    }

    [Fact]
    public void What_applies_is_said_with_the_reason()
    {
        Explained(Rule(1, AlertScope.All))[1].ShouldBe((true, "ForAll: "));
        Explained(Rule(1, Ascending[5]))[1].ShouldBe((true, "MostSpecific: Label, critical"));
    }

    [Fact]
    public void What_is_explained_is_what_applies()
    {
        AlertRule[] rules = [.. Ascending.Select((scope, i) => Rule(i + 1, scope) with { IsEnabled = i != 6, Condition = new(ConditionKind.LevelAbove) { Unit = i == 5 ? "mm" : "g" } })];

        Explained(rules).Where(rule => rule.Value.Applies).Select(rule => rule.Key).ShouldBe(Applying(rules));
        Applying(rules).ShouldBe([5]);
    }

    [Fact]
    public void Sensors_of_the_same_rules_and_unit_share_what_was_made_ready()
    {
        var book = new RuleBook(AlertRule.Defaults);

        book.For("VB-1", Facts, [], "m/s²").ShouldBeSameAs(book.For("VB-2", Facts, [], "m/s²"));
        book.For("VB-1", Facts, [], "g").ShouldNotBeSameAs(book.For("VB-2", Facts, [], "m/s²"));
        book.Rules.ShouldBe(AlertRule.Defaults);
    }

    private static AlertRule Rule(int id, AlertScope scope) => Sample.Above(2) with { Id = id, Scope = scope, Name = $"rule {id}" };

    private static int[] Applying(params AlertRule[] rules) => [.. new RuleBook(rules).For("VB-1", Facts, ["Critical"], "m/s²").Select(ready => ready.Rule.Id)];

    private static Dictionary<int, (bool Applies, string Reason)> Explained(params AlertRule[] rules) =>
        new RuleBook(rules).Explain("VB-1", Facts, ["Critical"], "m/s²").ToDictionary(match => match.RuleId, match => (match.Applies, $"{match.Reason}: {string.Join(", ", match.Arguments)}"));

    [Fact]
    public void Units_that_sensors_make_up_do_not_take_memory_without_bound()
    {
        var book = new RuleBook(AlertRule.Defaults);

        for (var i = 0; i < 10 * RuleBook.MaximumShared; i++)
            book.For("VB-1", Facts, [], $"unit {i}").ShouldNotBeEmpty();

        book.Shared.ShouldBe(RuleBook.MaximumShared);
        book.For("VB-1", Facts, [], "unit 0").ShouldBeSameAs(book.For("VB-2", Facts, [], "unit 0"));
    }
}
