using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.AlertState;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Core.Tests.Alerts;

public sealed class AlertFactsTests
{
    private static readonly AlertFacts Unack = new(IsActive: true, IsAcknowledged: false);
    private static readonly AlertFacts Acked = new(IsActive: true, IsAcknowledged: true);
    private static readonly AlertFacts Rtnun = new(IsActive: false, IsAcknowledged: false);
    private static readonly AlertFacts Norm = AlertFacts.Normal;

    private static readonly AlertTrigger[] Columns =
    [
        Raised, Worsened, Eased, Cleared, AlertTrigger.Acknowledged, AlertTrigger.Unacknowledged, AlertTrigger.Shelved, Unshelved,
        Suppressed, Unsuppressed, TakenOutOfService, ReturnedToService, Assigned, Commented,
    ];

    private static readonly Dictionary<string, AlertState> Names = new()
    {
        ["NORM"] = Normal,
        ["UNACK"] = AlertState.Unacknowledged,
        ["ACKED"] = AlertState.Acknowledged,
        ["RTNUN"] = ReturnedUnacknowledged,
        ["SHLVD"] = AlertState.Shelved,
        ["DSUPR"] = SuppressedByDesign,
        ["OOSRV"] = AlertState.OutOfService,
    };

    // One line per combination of facts. The columns are the triggers above; "-" is refused.
    private static readonly (AlertFacts Facts, string State, string Moves)[] Table =
    [
        //                                     Raised Worse Eased Clear Ack   Unack Shelve Unshelve Supp Unsup Out   In    Assign Comment
        (Norm, "NORM",                        "UNACK -     -     -     -     -     SHLVD  -     DSUPR -     OOSRV -     -     NORM"),
        (Unack, "UNACK",                      "-     UNACK UNACK RTNUN ACKED -     SHLVD  -     DSUPR -     OOSRV -     UNACK UNACK"),
        (Acked, "ACKED",                      "-     UNACK ACKED NORM  -     UNACK SHLVD  -     DSUPR -     OOSRV -     ACKED ACKED"),
        (Rtnun, "RTNUN",                      "UNACK -     -     -     NORM  -     SHLVD  -     DSUPR -     OOSRV -     RTNUN RTNUN"),

        // One suppression: whatever was acknowledged before, it ends in UNACK if the condition holds, else in NORM.
        (Norm.Shelve(), "SHLVD",              "SHLVD -     -     -     -     -     -      NORM  DSUPR -     OOSRV -     SHLVD SHLVD"),
        (Unack.Shelve(), "SHLVD",             "-     SHLVD SHLVD SHLVD -     -     -      UNACK DSUPR -     OOSRV -     SHLVD SHLVD"),
        (Acked.Shelve(), "SHLVD",             "-     SHLVD SHLVD SHLVD -     -     -      UNACK DSUPR -     OOSRV -     SHLVD SHLVD"),
        (Rtnun.Shelve(), "SHLVD",             "SHLVD -     -     -     -     -     -      NORM  DSUPR -     OOSRV -     SHLVD SHLVD"),
        (Norm.Suppress(), "DSUPR",            "DSUPR -     -     -     -     -     DSUPR  -     -     NORM  OOSRV -     DSUPR DSUPR"),
        (Unack.Suppress(), "DSUPR",           "-     DSUPR DSUPR DSUPR -     -     DSUPR  -     -     UNACK OOSRV -     DSUPR DSUPR"),
        (Acked.Suppress(), "DSUPR",           "-     DSUPR DSUPR DSUPR -     -     DSUPR  -     -     UNACK OOSRV -     DSUPR DSUPR"),
        (Rtnun.Suppress(), "DSUPR",           "DSUPR -     -     -     -     -     DSUPR  -     -     NORM  OOSRV -     DSUPR DSUPR"),
        (Norm.TakeOut(), "OOSRV",             "OOSRV -     -     -     -     -     -      -     OOSRV -     -     NORM  OOSRV OOSRV"),
        (Unack.TakeOut(), "OOSRV",            "-     OOSRV OOSRV OOSRV -     -     -      -     OOSRV -     -     UNACK OOSRV OOSRV"),
        (Acked.TakeOut(), "OOSRV",            "-     OOSRV OOSRV OOSRV -     -     -      -     OOSRV -     -     UNACK OOSRV OOSRV"),
        (Rtnun.TakeOut(), "OOSRV",            "OOSRV -     -     -     -     -     -      -     OOSRV -     -     NORM  OOSRV OOSRV"),

        // Several at a time: the end of the last one counts.
        (Unack.Shelve().Suppress(), "DSUPR",  "-     DSUPR DSUPR DSUPR -     -     -      DSUPR -     SHLVD OOSRV -     DSUPR DSUPR"),
        (Unack.Shelve().TakeOut(), "OOSRV",   "-     OOSRV OOSRV OOSRV -     -     -      OOSRV OOSRV -     -     SHLVD OOSRV OOSRV"),
        (Unack.Suppress().TakeOut(), "OOSRV", "-     OOSRV OOSRV OOSRV -     -     -      -     -     OOSRV -     DSUPR OOSRV OOSRV"),
        (Unack.Shelve().Suppress().TakeOut(), "OOSRV",
                                              "-     OOSRV OOSRV OOSRV -     -     -      OOSRV -     OOSRV -     DSUPR OOSRV OOSRV"),
        (Norm.Shelve().Suppress().TakeOut(), "OOSRV",
                                              "OOSRV -     -     -     -     -     -      OOSRV -     OOSRV -     DSUPR OOSRV OOSRV"),
    ];

    public static TheoryData<AlertFacts, AlertTrigger, AlertState?> Moves
    {
        get
        {
            var data = new TheoryData<AlertFacts, AlertTrigger, AlertState?>();
            foreach (var (facts, _, moves) in Table)
            {
                var cells = moves.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                for (var i = 0; i < Columns.Length; i++)
                    data.Add(facts, Columns[i], cells[i] == "-" ? null : Names[cells[i]]);
            }

            return data;
        }
    }

    // Checks every fact, not the state alone.
    public static TheoryData<AlertFacts, AlertTrigger, AlertFacts> Standard => new()
    {
        { Norm, Raised, Unack },
        { Unack, AlertTrigger.Acknowledged, Acked },
        { Unack, Cleared, Rtnun },
        { Acked, Cleared, Norm },
        { Rtnun, AlertTrigger.Acknowledged, Norm },
        { Rtnun, Raised, Unack },
        { Acked, AlertTrigger.Unacknowledged, Unack },
        { Acked.Shelve(), Cleared, new(IsActive: false, IsAcknowledged: true, IsShelved: true) },
        { Acked.Shelve(), Unshelved, Unack },
        { Rtnun.Shelve(), Unshelved, Norm },
        { Acked.Suppress(), Unsuppressed, Unack },
        { Rtnun.Suppress(), Unsuppressed, Norm },
        { Acked.TakeOut(), ReturnedToService, Unack },
        { Rtnun.TakeOut(), ReturnedToService, Norm },
        { Acked.Suppress().TakeOut(), ReturnedToService, Acked.Suppress() },
        { Rtnun.Shelve().Suppress(), Unshelved, Rtnun.Suppress() },
    };

    [Theory]
    [MemberData(nameof(Moves))]
    public void A_trigger_leads_to_one_state_or_is_refused(AlertFacts facts, AlertTrigger trigger, AlertState? to) =>
        (facts.After(trigger) is { } after ? (AlertState?)after.State : null).ShouldBe(to);

    [Theory]
    [MemberData(nameof(Standard))]
    public void The_facts_are_those_of_the_standard(AlertFacts facts, AlertTrigger trigger, AlertFacts after) => facts.After(trigger).ShouldBe(after);

    [Fact]
    public void The_table_has_every_state_with_every_trigger()
    {
        Table.ShouldAllBe(row => row.Facts.State == Names[row.State] && row.Moves.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == Columns.Length);
        Table.Select(row => row.Facts.State).Distinct().ShouldBe(Enum.GetValues<AlertState>(), ignoreOrder: true);
        Columns.ShouldBe(Enum.GetValues<AlertTrigger>(), ignoreOrder: true);
        Table.Select(row => row.Facts).ShouldBeUnique();
    }

    [Fact]
    public void What_is_found_out_afterwards_asks_for_no_acknowledgement()
    {
        Norm.After(Raised, isBackfilled: true).ShouldBe(Acked);
        Acked.After(Worsened, isBackfilled: true).ShouldBe(Acked);
        Acked.After(Cleared, isBackfilled: true).ShouldBe(Norm);
    }

    [Fact]
    public void What_is_no_trigger_is_an_error() => Should.Throw<ArgumentOutOfRangeException>(() => Norm.After((AlertTrigger)99));
}
