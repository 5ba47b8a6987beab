using VibeDash.Core.Faults;

namespace VibeDash.Core.Contract;

/// <summary>Makes the English sentence of a fault that ended a backup, a replay or an evaluation of history early.</summary>
public static class RunFaultText
{
    /// <summary>The sentence.</summary>
    public static string Of(RunFault fault)
    {
        var a = fault.Arguments;
        return fault.Code switch
        {
            RunFaultCode.Cancelled => "It was cancelled.",
            RunFaultCode.ServerStopping => "The server is stopping.",
            RunFaultCode.DiskFillingUp => $"The disk was filling up: fewer than {RefusalText.Megabytes(a.At(0))} were free.",
            RunFaultCode.TooManyFound => $"It found more than {a.At(0)} alerts, and recorded no more: the rule or the baseline does not fit the sensor.",
            RunFaultCode.Failed => $"The server met a fault, which it has logged: {a.At(0)}",
            _ => fault.Code.ToString(),
        };
    }
}
