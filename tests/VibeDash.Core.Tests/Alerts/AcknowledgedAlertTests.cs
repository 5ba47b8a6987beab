using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Core.Tests.Alerts;

public sealed class AcknowledgedAlertTests
{
    [Theory]
    [InlineData(5, false)]
    [InlineData(5.01, true)]
    public void It_asks_again_when_the_level_is_worse_by_more_than_a_quarter_of_that_at_acknowledgement(double level, bool asks)
    {
        var sensor = new Watched(Sample.Above(2)).Sees(3, 4);
        sensor.Acknowledges().ShouldNotBeNull().Acknowledgement!.Level.ShouldBe(4);

        sensor.Sees(level);

        (sensor.State == AlertState.Unacknowledged).ShouldBe(asks);
        if (asks)
            sensor.Journal[^1].Transition.Cause.ShouldBe(AlertCause.Of(TransitionCause.MuchWorse, 5.01, "m/s²", 4, 0.25));
    }

    [Theory]
    [InlineData(0.75, false)]
    [InlineData(0.74, true)]
    public void Lower_is_worse_of_a_level_below(double level, bool asks)
    {
        var sensor = new Watched(Sample.Below(2)).Sees(1);
        sensor.Acknowledges();

        (sensor.Sees(level).State == AlertState.Unacknowledged).ShouldBe(asks);
    }

    [Fact]
    public void Acknowledged_again_it_is_compared_with_the_level_of_then()
    {
        var sensor = new Watched(Sample.Above(2)).Sees(4);
        sensor.Acknowledges();
        sensor.Sees(6);
        sensor.Acknowledges();

        sensor.Sees(7.5).State.ShouldBe(AlertState.Acknowledged);
        sensor.Sees(7.51).State.ShouldBe(AlertState.Unacknowledged);
        sensor.Triggers.ShouldBe([Raised, Acknowledged, Unacknowledged, Acknowledged, Unacknowledged]);
    }

    [Fact]
    public void What_is_no_level_cannot_be_outgrown()
    {
        var sensor = new Watched(Sample.Stuck(3)).Sees(1, 1, 1, 1);
        sensor.Acknowledges();

        sensor.Sees(1, 1, 1, 1, 1).State.ShouldBe(AlertState.Acknowledged);
    }

    [Fact]
    public void It_asks_again_when_its_time_has_passed_while_the_condition_holds()
    {
        var sensor = new Watched(Sample.Above(2)).Sees(3);
        sensor.Acknowledges(until: Watched.At(60));

        sensor.TimeIs(59).State.ShouldBe(AlertState.Acknowledged);
        sensor.TimeIs(60).State.ShouldBe(AlertState.Unacknowledged);
        sensor.TimeIs(61).Triggers.ShouldBe([Raised, Acknowledged, Unacknowledged]);
    }

    [Fact]
    public void It_does_not_when_the_condition_has_ended_before()
    {
        var sensor = new Watched(Sample.Above(2)).Sees(3);
        sensor.Acknowledges(until: Watched.At(60));

        sensor.Sees(1).TimeIs(60).State.ShouldBe(AlertState.Normal);
    }

    [Fact]
    public void Acknowledging_twice_or_what_has_ended_changes_nothing()
    {
        var sensor = new Watched(Sample.Above(2)).Sees(3);
        sensor.Acknowledges().ShouldNotBeNull();
        var (position, alert) = (sensor.Numbers.LastPosition, sensor.Alert);

        sensor.Acknowledges().ShouldBeNull();
        sensor.Alert.ShouldBe(alert);
        sensor.Sees(1);
        sensor.Watch.Append(sensor.Journal[^1].Alert, AlertTransition.Draft(Acknowledged, Watched.At(9)) with { By = "Ada" }, sensor.Writer).ShouldBeNull();

        sensor.Numbers.LastPosition.ShouldBe(position + 1);
        sensor.Watch.Alerts.ShouldBeEmpty();
    }

    [Fact]
    public void Returned_to_normal_it_ends_when_it_is_acknowledged()
    {
        var sensor = new Watched(Sample.Above(2)).Sees(3, 1);
        sensor.State.ShouldBe(AlertState.ReturnedUnacknowledged);

        sensor.Acknowledges().ShouldNotBeNull().State.ShouldBe(AlertState.Normal);

        sensor.Watch.Alerts.ShouldBeEmpty();
        sensor.Sees(3).Alert.Id.ShouldBe(2);
    }

    [Fact]
    public void Before_it_is_acknowledged_it_comes_back_as_the_same()
    {
        var sensor = new Watched(Sample.Above(2)).Sees(3, 1, 3);

        (sensor.Alert.Id, sensor.Alert.Raises, sensor.State).ShouldBe((1, 2, AlertState.Unacknowledged));
    }
}
