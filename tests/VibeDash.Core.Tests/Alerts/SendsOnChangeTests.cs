using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>Sensors that send changes only: one reading at 0 s, and the messages of their sender.</summary>
public sealed class SendsOnChangeTests
{
    private readonly Sender _sender = new("spBv1.0/plant/gw-7");

    [Fact]
    public void While_its_sender_sends_it_is_not_silent_however_long_it_says_nothing()
    {
        var sensor = new Watched(Sample.SilentBy(8)).Sees(1);
        for (var second = 0; second < 200_000; second += 60)
        {
            Hears(second);
            sensor.IsSilentUntil(second + 59, _sender);
        }

        sensor.Journal.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_silent_with_its_sender_by_the_cadence_of_that_and_ends_to_be_when_that_is_heard(bool restarts)
    {
        var sensor = new Watched(Sample.SilentBy(8)).Sees(1);
        Hears([.. Enumerable.Range(0, 20).Select(i => 60.0 * i)]);

        sensor.IsSilentUntil(1140 + 480, _sender).Journal.ShouldBeEmpty();
        sensor.IsSilentUntil(1140 + 480.1, _sender).Times.ShouldBe([(Raised, 1140 + 480)]);
        (sensor.Alert.Since, sensor.Alert.Level, sensor.Alert.Unit).ShouldBe((Watched.At(1140), 480, "s"));
        if (restarts)
        {
            // Of its messages, the last ones are not known any more, and the time since seems to be an outage.
            sensor.Restarts();
            _sender.Estimate(Watched.At(1000));
            sensor.Watch.EvaluateSilence(_sender, Watched.At(1000), isOffline: false, Watched.At(4000), new(TimeSpan.FromSeconds(2990), TimeSpan.FromSeconds(10)), sensor.Writer);
        }

        sensor.IsSilentUntil(5000, _sender).IsSilentUntil(9000, _sender).Journal.Count.ShouldBe(1);

        Hears(9001);
        sensor.IsSilentUntil(9002, _sender).IsSilentUntil(9050, _sender);

        sensor.Times.ShouldBe([(Raised, 1620), (Cleared, 9001)]);
        sensor.State.ShouldBe(AlertState.ReturnedUnacknowledged);
        sensor.IsSilentUntil(9001 + 481, _sender).Times.Last().ShouldBe((Raised, 9001 + 480));
        sensor.IsSilentUntil(9600, _sender).IsSilentUntil(9700, _sender).Journal.Count.ShouldBe(3);
    }

    // Births, one after the other, are one message.
    [Fact]
    public void Messages_that_follow_each_other_at_once_do_not_make_the_cadence()
    {
        var sensor = new Watched(Sample.SilentBy(8)).Sees(1);
        for (var i = 0; i < 5; i++)
            Hears([.. Enumerable.Range(0, 20).Select(device => (300.0 * i) + (device / 10.0))]);

        sensor.IsSilentUntil(1201.9 + 2400, _sender).Journal.ShouldBeEmpty();
        sensor.IsSilentUntil(1201.9 + 2401, _sender).State.ShouldBe(AlertState.Unacknowledged);
    }

    [Fact]
    public void With_few_messages_of_its_sender_after_25_hours()
    {
        var sensor = new Watched(Sample.SilentBy(8)).Sees(1);
        Hears(0, 60, 120);

        sensor.IsSilentUntil(90_120, _sender).Journal.ShouldBeEmpty();
        sensor.IsSilentUntil(90_121, _sender).State.ShouldBe(AlertState.Unacknowledged);
    }

    [Theory]
    [InlineData(8, true, 60)]
    [InlineData(20, false, 20)]
    [InlineData(7200, false, 60)]
    public void Reported_offline_it_is_silent_a_minute_later_although_its_sender_sends(double limit, bool isRelative, double told)
    {
        var sensor = new Watched(isRelative ? Sample.SilentBy(limit) : Sample.Silent(limit)).Sees(1);
        Hears([.. Enumerable.Range(0, 60).Select(i => 10.0 * i)]);

        sensor.IsSilentUntil(500 + told, _sender, offlineSince: 500).Journal.ShouldBeEmpty();
        sensor.IsSilentUntil(500 + told + 1, _sender, offlineSince: 500).Times.ShouldBe([(Raised, 500 + told)]);
        Hears(600);
        sensor.IsSilentUntil(601, _sender, offlineSince: 500).Journal.Count.ShouldBe(1);

        // Born again.
        Hears(610);
        sensor.IsSilentUntil(611, _sender).Times.ShouldBe([(Raised, 500 + told), (Cleared, 610)]);
    }

    [Fact]
    public void A_reading_ends_it_too()
    {
        var sensor = new Watched(Sample.Silent(100)).Sees(1);
        Hears(0);
        sensor.IsSilentUntil(101, _sender);

        Hears(110);
        sensor.Sees(Watched.Reading(110, 1), gapIsCertain: false).IsSilentUntil(111, _sender);

        sensor.Times.ShouldBe([(Raised, 100), (Cleared, 110)]);
    }

    [Fact]
    public void A_machine_that_stands_still_may_be_silent()
    {
        var sensor = new Watched(Sample.Silent(100).Gated()).Sees(0.1);
        Hears(0);

        sensor.IsSilentUntil(5000, _sender, offlineSince: 10).Journal.ShouldBeEmpty();
    }

    private void Hears(params double[] seconds)
    {
        foreach (var second in seconds)
            _sender.Hear(Watched.At(second));
    }
}
