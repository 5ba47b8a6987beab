using System.Globalization;
using VibeDash.Core.Alerts;
using VibeDash.Core.Faults;

namespace VibeDash.Client.Alerts;

/// <summary>Texts about causes in the alert journal.</summary>
public static class CauseText
{
    /// <summary>The cause, in one sentence.</summary>
    public static string Of(AlertCause cause)
    {
        var a = cause.Arguments;
        return cause.Code switch
        {
            TransitionCause.ShelvingEnded => "Its time was over.",
            TransitionCause.OutOfServiceEnded => "The out-of-service period ended.",
            TransitionCause.AcknowledgementExpired => "The acknowledgement expired.",
            TransitionCause.NotGood => $"It sends, but the quality of its readings is not good: {a.At(0).ToLowerInvariant()}.",
            TransitionCause.ToldInCommon => $"Told by the alert on {AlertText.Subject(a.At(0))}.",
            TransitionCause.RuleGone => "No rule evaluates this any more.",
            TransitionCause.SensorChanged => "No rule evaluates this any more, since the sensor's unit, model or location changed.",
            TransitionCause.SensorDeleted => "The sensor was deleted.",
            TransitionCause.SensorJoined => $"The sensor goes on as {a.At(0)}.",
            _ => $"{Number(a.At(0))} {a.At(1)} is worse by more than {Number(a.At(3), "P0")} than the {Number(a.At(2))} {a.At(1)} at acknowledgement.",
        };
    }

    private static string Number(string argument, string format = "0.###") =>
        double.TryParse(argument, CultureInfo.InvariantCulture, out var value) ? value.ToString(format, CultureInfo.InvariantCulture) : argument;
}
