using VibeDash.Client.Alerts;
using VibeDash.Core.Alerts;

namespace VibeDash.Client.Tests.Alerts;

public sealed class CauseTextTests
{
    public static TheoryData<AlertCause, string> Causes => new()
    {
        { AlertCause.Of(TransitionCause.ShelvingEnded), "Its time was over." },
        { AlertCause.Of(TransitionCause.OutOfServiceEnded), "The out-of-service period ended." },
        { AlertCause.Of(TransitionCause.AcknowledgementExpired), "The acknowledgement expired." },
        { AlertCause.Of(TransitionCause.RuleGone), "No rule evaluates this any more." },
        { AlertCause.Of(TransitionCause.SensorChanged), "No rule evaluates this any more, since the sensor's unit, model or location changed." },
        { AlertCause.Of(TransitionCause.NotGood, VibeDash.Core.Readings.ReadingQuality.Stale), "It sends, but the quality of its readings is not good: stale." },
        { AlertCause.Of(TransitionCause.MuchWorse, 5.0123, "m/s²", 4.0, 0.25), "5.012 m/s² is worse by more than 25 % than the 4 m/s² at acknowledgement." },
        { AlertCause.Of(TransitionCause.SensorDeleted), "The sensor was deleted." },
        { AlertCause.Of(TransitionCause.SensorJoined, "VB-2"), "The sensor goes on as VB-2." },
        { AlertCause.Of(TransitionCause.ToldInCommon, "sender/spBv1.0/plant/gw-7"), "Told by the alert on Gateway spBv1.0/plant/gw-7." },
    };

    [Theory]
    [MemberData(nameof(Causes))]
    public void The_cause_is_a_sentence(AlertCause cause, string text) => CauseText.Of(cause).ShouldBe(text);

    [Fact]
    public void Every_cause_has_one() => Causes.Select(row => row.Data.Item1.Code).ShouldBe(Enum.GetValues<TransitionCause>());
}
