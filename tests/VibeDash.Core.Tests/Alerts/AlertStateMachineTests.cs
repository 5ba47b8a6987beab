using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.AlertState;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Core.Tests.Alerts;

public sealed class AlertStateMachineTests
{
    public static TheoryData<AlertState, AlertTrigger, AlertState?> Moves => new()
    {
        { Normal, Exceeded, Pending },
        { Normal, Held, Active },
        { Normal, Subsided, null },
        { Normal, Recovered, null },
        { Normal, Acknowledge, null },
        { Pending, Exceeded, Pending },
        { Pending, Held, Active },
        { Pending, Subsided, Normal },
        { Pending, Recovered, null },
        { Pending, Acknowledge, null },
        { Active, Exceeded, null },
        { Active, Held, null },
        { Active, Subsided, null },
        { Active, Recovered, Cleared },
        { Active, Acknowledge, Acknowledged },
        { Acknowledged, Exceeded, null },
        { Acknowledged, Held, null },
        { Acknowledged, Subsided, null },
        { Acknowledged, Recovered, Cleared },
        { Acknowledged, Acknowledge, null },
        { Cleared, Exceeded, null },
        { Cleared, Held, null },
        { Cleared, Subsided, null },
        { Cleared, Recovered, null },
        { Cleared, Acknowledge, null },
    };

    [Theory]
    [MemberData(nameof(Moves))]
    public void A_trigger_leads_to_one_state_or_is_not_legal(AlertState from, AlertTrigger trigger, AlertState? to) =>
        AlertStateMachine.Next(from, trigger).ShouldBe(to);

    [Fact]
    public void The_table_names_every_pair() =>
        Moves.Select(row => (row.Data.Item1, row.Data.Item2)).Distinct().Count()
            .ShouldBe(Enum.GetValues<AlertState>().Length * Enum.GetValues<AlertTrigger>().Length);
}
