using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>A silence of 100 s that an alert on several sensors tells.</summary>
public sealed class ToldInCommonTests
{
    private static readonly string Subject = CommonSubject.OfPlace("Line B");

    [Fact]
    public void It_never_asks_to_be_acknowledged_and_ends_with_its_reading()
    {
        var sensor = Told(new Watched(Sample.Silent(100)).Sees(1), 90).IsSilentUntil(101);

        sensor.Moves.ShouldBe([(Suppressed, AlertState.SuppressedByDesign), (Raised, AlertState.SuppressedByDesign)]);
        sensor.Journal[0].Transition.Cause.ShouldBe(AlertCause.Of(TransitionCause.ToldInCommon, "place/Line B"));

        sensor.Sees(Watched.Reading(200, 1));
        sensor.Watch.TellBy(null, Watched.At(201), sensor.Writer);
        sensor.Triggers.ShouldBe([Suppressed, Raised, Cleared, Unsuppressed]);
        sensor.State.ShouldBe(AlertState.Normal);
    }

    [Fact]
    public void Told_already_it_is_suppressed_from_then_on_and_asks_when_it_is_its_own_again()
    {
        var sensor = Told(new Watched(Sample.Silent(100)).Sees(1).IsSilentUntil(101), 150).IsSilentUntil(160);
        sensor.Moves.ShouldBe([(Raised, AlertState.Unacknowledged), (Suppressed, AlertState.SuppressedByDesign)]);

        sensor.Watch.TellBy(null, Watched.At(300), sensor.Writer);
        sensor.Times.ShouldBe([(Raised, 100), (Suppressed, 150), (Unsuppressed, 300)]);
        sensor.State.ShouldBe(AlertState.Unacknowledged);
    }

    [Fact]
    public void Cleared_and_not_acknowledged_before_it_is_suppressed_when_it_is_silent_again()
    {
        var sensor = new Watched(Sample.Silent(100)).Sees(1).IsSilentUntil(101).Sees(Watched.Reading(110, 1));
        Told(sensor, 200).IsSilentUntil(211);

        sensor.Times.ShouldBe([(Raised, 100), (Cleared, 110), (Suppressed, 210), (Raised, 210)]);
        sensor.State.ShouldBe(AlertState.SuppressedByDesign);
    }

    [Fact]
    public void Other_alerts_of_the_sensor_are_not()
    {
        var sensor = Told(new Watched(Sample.Silent(100), Sample.Above(2)).Sees(1), 90).IsSilentUntil(101).Sees(Watched.Reading(102, 3));

        sensor.Watch.Find(ConditionKind.LevelAbove)!.State.ShouldBe(AlertState.Unacknowledged);
    }

    [Fact]
    public void After_a_restart_it_still_is()
    {
        var sensor = Told(new Watched(Sample.Silent(100)).Sees(1), 90).IsSilentUntil(101).Restarts();

        sensor.Watch.ResumeToldBy(Subject, isPart: false).ShouldBeTrue();
        sensor.IsSilentUntil(200).Journal.Count.ShouldBe(2);
        new Watched(Sample.Silent(100)).Sees(1).IsSilentUntil(101).Watch.ResumeToldBy(Subject, isPart: false).ShouldBeFalse();
    }

    [Theory]
    [InlineData("all/sensors", "", null, true)]
    [InlineData("place/Line B", "Line B", null, true)]
    [InlineData("place/Line B", "Line C", null, false)]
    [InlineData("sender/gw/7", "", "gw/7", true)]
    [InlineData("sender/gw/7", "gw/7", null, false)]
    public void A_subject_covers_its_sensors(string subject, string place, string? sender, bool covers)
    {
        CommonSubject.Covers(subject, place, sender).ShouldBe(covers);
        CommonSubject.Is(subject).ShouldBeTrue();
    }

    private static Watched Told(Watched sensor, double second)
    {
        sensor.Watch.TellBy(Subject, Watched.At(second), sensor.Writer);
        return sensor;
    }
}
