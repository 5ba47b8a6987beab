using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Core.Tests.Alerts;

public sealed class SuppressionTests
{
    [Fact]
    public void A_shelving_ends_with_its_time_and_the_alert_asks_if_the_condition_holds()
    {
        var sensor = new Watched(Sample.Above(2)).Sees(3);
        sensor.Acknowledges();
        sensor.Shelves(ConditionKind.LevelAbove, Watched.At(60)).ShouldNotBeNull().State.ShouldBe(AlertState.Shelved);

        sensor.Sees(3, 9).TimeIs(59).State.ShouldBe(AlertState.Shelved);
        sensor.TimeIs(60).State.ShouldBe(AlertState.Unacknowledged);
        sensor.TimeIs(61).Triggers.ShouldBe([Raised, Acknowledged, Shelved, Unshelved]);
    }

    [Fact]
    public void What_cleared_on_the_shelf_is_over_when_it_comes_off()
    {
        var sensor = new Watched(Sample.Above(2)).Sees(3);
        sensor.Shelves(ConditionKind.LevelAbove, Watched.At(60));

        sensor.Sees(1).State.ShouldBe(AlertState.Shelved);
        sensor.TimeIs(60).Watch.Alerts.ShouldBeEmpty();
    }

    [Fact]
    public void A_kind_is_shelved_before_it_is_raised()
    {
        var sensor = new Watched(Sample.Above(2)).Sees(1);
        sensor.Shelves(ConditionKind.LevelAbove, Watched.At(60)).ShouldNotBeNull();
        sensor.Shelves(ConditionKind.LevelAbove, Watched.At(90)).ShouldBeNull();

        sensor.Sees(3).State.ShouldBe(AlertState.Shelved);
        sensor.Alert.Shelving!.Until.ShouldBe(Watched.At(60));
        sensor.TimeIs(60).State.ShouldBe(AlertState.Unacknowledged);
        sensor.Moves.ShouldBe([(Shelved, AlertState.Shelved), (Raised, AlertState.Shelved), (Unshelved, AlertState.Unacknowledged)]);
    }

    [Fact]
    public void Shelved_and_never_raised_it_leaves_nothing_open()
    {
        var sensor = new Watched(Sample.Above(2)).Sees(1);
        sensor.Shelves(ConditionKind.LevelAbove, Watched.At(60));

        sensor.Sees(1).TimeIs(60).Watch.Alerts.ShouldBeEmpty();
        sensor.Journal[^1].Alert.RaisedAt.ShouldBeNull();
    }

    [Fact]
    public void Out_of_service_an_alert_is_raised_without_ever_asking()
    {
        var sensor = new Watched(Sample.Above(2)).Restarts(isOutOfService: true).Sees(3);

        sensor.Moves.ShouldBe([(TakenOutOfService, AlertState.OutOfService), (Raised, AlertState.OutOfService)]);
        sensor.Does(AlertTransition.Draft(ReturnedToService, Watched.At(9))).ShouldNotBeNull().State.ShouldBe(AlertState.Unacknowledged);
    }

    [Fact]
    public void Out_of_service_and_over_it_is_normal_when_it_returns()
    {
        var sensor = new Watched(Sample.Above(2)).Restarts(isOutOfService: true).Sees(3, 1, 3, 1);

        (sensor.State, sensor.Alert.Raises).ShouldBe((AlertState.OutOfService, 2));
        sensor.Does(AlertTransition.Draft(ReturnedToService, Watched.At(9))).ShouldNotBeNull().State.ShouldBe(AlertState.Normal);
        sensor.Watch.Alerts.ShouldBeEmpty();
    }

    [Fact]
    public void Out_of_service_nothing_is_shelved()
    {
        // Regression: an alert shelved before it was raised became unacknowledged after the shelving, although its sensor was out of service.
        var sensor = new Watched(Sample.Above(2)).Restarts(isOutOfService: true);

        sensor.Shelves(ConditionKind.LevelAbove, Watched.At(60)).ShouldBeNull();
        (sensor.Journal.Count, sensor.Numbers.LastAlertId).ShouldBe((0, 0));
    }

    [Fact]
    public void Shelved_suppressed_and_out_of_service_it_comes_out_of_the_last()
    {
        var sensor = new Watched(Sample.Above(2).Gated()).Sees(3);
        sensor.Shelves(ConditionKind.LevelAbove, Watched.At(60));
        sensor.Sees(0.1).State.ShouldBe(AlertState.SuppressedByDesign);
        sensor.Does(AlertTransition.Draft(TakenOutOfService, Watched.At(9)));
        sensor.State.ShouldBe(AlertState.OutOfService);

        sensor.TimeIs(60).State.ShouldBe(AlertState.OutOfService);
        sensor.Does(AlertTransition.Draft(ReturnedToService, Watched.At(61))).ShouldNotBeNull().State.ShouldBe(AlertState.SuppressedByDesign);
        sensor.Sees(3).State.ShouldBe(AlertState.Unacknowledged);
    }

    [Fact]
    public void When_no_rule_evaluates_it_any_more_it_has_ended()
    {
        var sensor = new Watched(Sample.Above(2)).Sees(3);

        sensor.Watch.ChangeRules([], sensor.Readings, Watched.At(9), sensor.Writer, by: "Ada");

        (sensor.State, sensor.Journal[^1].Transition.At).ShouldBe((AlertState.ReturnedUnacknowledged, Watched.At(9)));
        (sensor.Journal[^1].Transition.By, sensor.Journal[^1].Transition.Cause).ShouldBe(("Ada", AlertCause.Of(TransitionCause.RuleGone)));
        (sensor.Alert.IsUnevaluated, sensor.Alert.ClearedBy).ShouldBe((true, "Ada"));
    }

    [Fact]
    public void When_the_sensor_has_changed_so_that_no_rule_evaluates_it_the_cause_is_the_sensor_and_no_person()
    {
        var sensor = new Watched(Sample.Above(2)).Sees(3);

        sensor.Watch.ChangeRules([], sensor.Readings, Watched.At(9), sensor.Writer);

        (sensor.State, sensor.Alert.IsUnevaluated, sensor.Alert.ClearedBy).ShouldBe((AlertState.ReturnedUnacknowledged, true, null));
        sensor.Alert.ClearCause.ShouldBe(AlertCause.Of(TransitionCause.SensorChanged));
    }

    [Fact]
    public void One_whose_condition_ended_is_not_one_that_no_rule_evaluates() =>
        new Watched(Sample.Above(2)).Sees(3, 1).Alert.ShouldSatisfyAllConditions(alert => alert.IsUnevaluated.ShouldBeFalse(), alert => alert.ClearCause.ShouldBeNull());

    [Fact]
    public void Another_version_of_its_rule_goes_on_with_it()
    {
        var sensor = new Watched(Sample.Above(2)).Sees(3);

        sensor.Watch.ChangeRules([new(Sample.Above(1) with { Version = 2 }, "m/s²")], sensor.Readings, Watched.At(9), sensor.Writer);
        sensor.Sees(1.5);

        sensor.Triggers.ShouldBe([Raised]);
        sensor.Sees(0.5).Triggers.ShouldBe([Raised, Cleared]);
        sensor.Journal[^1].Transition.Evaluation!.RuleVersion.ShouldBe(2);
    }
}
