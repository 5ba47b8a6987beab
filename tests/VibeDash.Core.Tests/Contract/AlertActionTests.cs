using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;

namespace VibeDash.Core.Tests.Contract;

public sealed class AlertActionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    private static readonly AlertAction Acknowledge = new(AlertTrigger.Acknowledged) { AlertIds = [1] };
    private static readonly AlertAction Shelve = new(AlertTrigger.Shelved) { AlertIds = [1], Note = "Bearing ordered", Until = Now.AddHours(1) };

    public static TheoryData<AlertAction> Possible =>
    [
        Acknowledge,
        Acknowledge with { AlertIds = [.. Enumerable.Range(1, AlertAction.MaximumAlerts).Select(id => (long)id)] },
        Acknowledge with { Owner = new('a', Actor.MaximumLength), Note = new('n', AlertAction.MaximumNoteLength) },
        Acknowledge with { Until = Now.AddDays(30), Owner = "Bob" },
        Shelve,
        Shelve with { Until = Now + Longest },
        Shelve with { AlertIds = [], SensorId = "VB-1", Kind = ConditionKind.NoData },
        Acknowledge with { Trigger = AlertTrigger.Unshelved },
        Acknowledge with { Trigger = AlertTrigger.Assigned, Owner = null },
        Acknowledge with { Trigger = AlertTrigger.Commented, Note = "Noisy since Monday" },
        Acknowledge with { Note = "Noisy\r\n\tsince Monday" },
    ];

    public static TheoryData<AlertAction, string> Impossible => new()
    {
        { Acknowledge with { Owner = new('a', Actor.MaximumLength + 1) }, "'owner'" },
        { Acknowledge with { Note = new('n', AlertAction.MaximumNoteLength + 1) }, "'note'" },
        { Acknowledge with { Owner = "Bob\n" }, "'owner' must not hold control characters." },
        { Acknowledge with { Note = "a\u0007b" }, "'note' must not hold control characters." },
        { Acknowledge with { Note = "a\u2028b" }, "'note' must not hold control characters." },
        { Acknowledge with { AlertIds = [] }, "'alertIds'" },
        { Acknowledge with { AlertIds = new long[AlertAction.MaximumAlerts + 1] }, "500" },
        { Acknowledge with { Until = Now }, "'until'" },
        { Acknowledge with { AlertIds = [], SensorId = "VB-1", Kind = ConditionKind.NoData }, "'sensorId'" },
        { Acknowledge with { Trigger = AlertTrigger.Cleared }, "'trigger'" },
        { Acknowledge with { Trigger = AlertTrigger.Raised }, "'trigger'" },
        { Acknowledge with { Trigger = AlertTrigger.TakenOutOfService }, "'trigger'" },
        { Acknowledge with { Trigger = AlertTrigger.Commented }, "'note'" },
        { Shelve with { Note = " " }, "'note'" },
        { Shelve with { Until = null }, "'until'" },
        { Shelve with { Until = Now + Longest + TimeSpan.FromSeconds(1) }, "8 hours" },
        { Shelve with { AlertIds = [], SensorId = "VB-1" }, "'kind'" },
    };

    [Theory]
    [MemberData(nameof(Possible))]
    public void What_is_whole_is_possible(AlertAction action) => action.Fault(Now, Longest).ShouldBeNull();

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_is_not_is_refused_by_name(AlertAction action, string named) => FaultText.Of(action.Fault(Now, Longest).ShouldNotBeNull()).ShouldContain(named);

    [Fact]
    public void The_journal_entry_it_asks_for_is_without_white_space_around()
    {
        var draft = (Acknowledge with { Note = "  ", Owner = " Bob " }).Draft(new("Ada"), Now);

        (draft.Trigger, draft.At, draft.By, draft.Note, draft.Owner).ShouldBe((AlertTrigger.Acknowledged, Now, "Ada", null, "Bob"));
    }
}
