using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.AlertState;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Core.Tests.Alerts;

public sealed class AlertTests
{
    private static readonly DateTimeOffset Noon = Watched.Start;

    private readonly JournalNumbers _numbers = new(0, 10);
    private readonly List<AlertTransition> _journal = [];
    private Alert _alert = new(7, "VB-1", ConditionKind.BaselineMultiple);

    [Fact]
    public void It_says_what_raised_it()
    {
        Add(Raised, 5, alert => alert with { Evaluation = Found(Severity.Warning, level: 2.5), Note = "Inspect." });

        (_alert.RuleId, _alert.RuleVersion, _alert.RuleName, _alert.Severity).ShouldBe((2, 3, "Bearing", Severity.Warning));
        (_alert.Level, _alert.Threshold, _alert.Unit, _alert.PeakLevel).ShouldBe((2.5, 2, "m/s²", 2.5));
        (_alert.Since, _alert.RaisedAt, _alert.ClearedAt, _alert.EndedAt).ShouldBe((At(1), At(5), null, null));
        (_alert.FirstSince, _alert.FirstRaisedAt, _alert.PreviousClearedAt).ShouldBe((At(1), At(5), null));
        (_alert.Message, _alert.CalibrationAgeDays, _alert.Raises, _alert.IsBackfilled).ShouldBe(("Inspect.", 90, 1, false));
        (_alert.State, _alert.IsOpen, _alert.IsUnacknowledged).ShouldBe((AlertState.Unacknowledged, true, true));
    }

    [Fact]
    public void When_it_comes_back_before_anybody_acknowledged_it_says_since_when_this_time_and_how_often_before()
    {
        Raise(5);
        Add(Cleared, 6);
        (_alert.State, _alert.ClearedAt, _alert.EndedAt, _alert.IsOpen).ShouldBe((ReturnedUnacknowledged, At(6), null, true));

        Add(Raised, 8, draft => draft with { Evaluation = Found(Severity.Critical, level: 4) with { Since = At(7) } });

        (_alert.Since, _alert.RaisedAt, _alert.ClearedAt, _alert.Raises, _alert.Severity, _alert.Level).ShouldBe((At(7), At(8), null, 2, Severity.Critical, 4));
        (_alert.FirstSince, _alert.FirstRaisedAt, _alert.PreviousClearedAt).ShouldBe((At(1), At(5), At(6)));

        Add(Cleared, 9);
        Add(Raised, 12, draft => draft with { Evaluation = Found(Severity.Warning, level: 3) with { Since = At(11) } });

        (_alert.Since, _alert.RaisedAt, _alert.Raises).ShouldBe((At(11), At(12), 3));
        (_alert.FirstSince, _alert.FirstRaisedAt, _alert.PreviousClearedAt).ShouldBe((At(1), At(5), At(9)));
    }

    [Fact]
    public void One_that_no_rule_evaluates_any_more_says_so_and_by_whom_until_it_is_raised_again()
    {
        Raise(5);
        Add(Cleared, 6, draft => draft with { By = "Ada", Cause = AlertCause.Of(TransitionCause.RuleGone) });
        (_alert.State, _alert.IsUnevaluated, _alert.ClearedAt, _alert.ClearedBy).ShouldBe((ReturnedUnacknowledged, true, At(6), "Ada"));

        Raise(8);
        (_alert.IsUnevaluated, _alert.ClearCause, _alert.ClearedBy, _alert.PreviousClearedAt).ShouldBe((false, null, null, null));
        Add(Cleared, 9);
        (_alert.IsUnevaluated, _alert.ClearedBy).ShouldBe((false, null));
    }

    [Fact]
    public void It_ends_when_it_is_acknowledged_and_clear()
    {
        Raise(5);
        Add(AlertTrigger.Acknowledged, 6, draft => draft with { By = "Ada", Note = "bearing ordered", Owner = "Grace", Until = At(100), Level = 2.6 });
        _alert.Acknowledgement.ShouldBe(new("Ada", At(6), "bearing ordered", At(100), 2.6));
        (_alert.Owner, _alert.IsUnacknowledged).ShouldBe(("Grace", false));

        Add(Cleared, 7);

        (_alert.State, _alert.ClearedAt, _alert.EndedAt, _alert.IsOpen).ShouldBe((Normal, At(7), At(7), false));
    }

    [Fact]
    public void A_comment_on_one_that_has_ended_does_not_move_its_end()
    {
        Raise(5);
        Add(AlertTrigger.Acknowledged, 6, draft => draft with { By = "Ada" });
        Add(Cleared, 7);

        Add(Commented, 500, draft => draft with { By = "Ada", Note = "It was the coupling." });

        _alert.EndedAt.ShouldBe(At(7));
    }

    [Fact]
    public void Severity_and_rule_follow_what_was_evaluated_last_and_an_owner_the_last_word()
    {
        Raise(5);
        Add(Worsened, 6, draft => draft with { Evaluation = Found(Severity.Critical, level: 4) with { RuleVersion = 4 } });
        (_alert.Severity, _alert.Level, _alert.RuleVersion, _alert.RaisedAt).ShouldBe((Severity.Critical, 4, 4, At(5)));
        Add(Eased, 7, draft => draft with { Evaluation = Found(Severity.Warning, level: 2.2) });
        (_alert.Severity, _alert.Level).ShouldBe((Severity.Warning, 2.2));

        Add(Assigned, 8, draft => draft with { By = "Ada", Owner = "Grace" });
        _alert.Owner.ShouldBe("Grace");
        Add(Assigned, 9, draft => draft with { By = "Ada" });
        _alert.Owner.ShouldBeNull();
    }

    [Fact]
    public void A_shelving_is_known_while_it_lasts()
    {
        Raise(5);
        Add(AlertTrigger.Shelved, 6, draft => draft with { By = "Ada", Note = "repair", Until = At(3600) });
        _alert.Shelving.ShouldBe(new("Ada", At(6), "repair", At(3600)));

        Add(Unshelved, 7);

        (_alert.Shelving, _alert.State).ShouldBe((null, AlertState.Unacknowledged));
    }

    [Fact]
    public void An_entry_has_the_next_position_and_both_states()
    {
        Raise(5);
        Add(Cleared, 6);

        _journal.Select(entry => (entry.Position, entry.AlertId, entry.From, entry.To)).ShouldBe(
            [(11, 7, Normal, AlertState.Unacknowledged), (12, 7, AlertState.Unacknowledged, ReturnedUnacknowledged)]);
    }

    [Fact]
    public void What_cannot_happen_takes_no_position()
    {
        _alert.Append(AlertTransition.Draft(Cleared, At(1)), _numbers).ShouldBeNull();

        _numbers.LastPosition.ShouldBe(10);
    }

    [Fact]
    public void The_journal_alone_makes_the_alert()
    {
        Raise(5);
        Add(AlertTrigger.Acknowledged, 6, draft => draft with { By = "Ada" });
        Add(TakenOutOfService, 7);
        Add(ReturnedToService, 8);

        _alert.Replay(_journal).ShouldBe(_alert);
        _alert.Replay(_journal.Take(2)).State.ShouldBe(AlertState.Acknowledged);
    }

    [Fact]
    public void Entries_that_do_not_follow_are_an_error()
    {
        Raise(5);
        Add(Cleared, 6);
        var (raised, cleared) = (_journal[0], _journal[1]);

        Should.Throw<InvalidOperationException>(() => _alert.Replay([cleared]));
        Should.Throw<InvalidOperationException>(() => _alert.Replay([raised, raised]));
        Should.Throw<InvalidOperationException>(() => _alert.Replay([raised with { AlertId = 8 }]));
        Should.Throw<InvalidOperationException>(() => _alert.Replay([raised with { To = AlertState.Acknowledged }])).Message.ShouldContain("alert 7");
    }

    private static DateTimeOffset At(double seconds) => Noon.AddSeconds(seconds);

    private static Evaluation Found(Severity severity, double level) => new(2, 3, "Bearing", severity, level, 2, "m/s²", At(1), 90);

    private void Raise(double seconds) => Add(Raised, seconds, draft => draft with { Evaluation = Found(Severity.Warning, 2.5) });

    private void Add(AlertTrigger trigger, double seconds, Func<AlertTransition, AlertTransition>? with = null)
    {
        var draft = AlertTransition.Draft(trigger, At(seconds));
        var (entry, alert) = _alert.Append(with?.Invoke(draft) ?? draft, _numbers).ShouldNotBeNull();
        _journal.Add(entry);
        _alert = alert;
    }
}
