using VibeDash.Core.Readings;

namespace VibeDash.Server.Pipeline;

/// <summary>Details of a sensor beside its readings and facts.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Baseline">Its baseline, when that is not the one it sends.</param>
/// <param name="Learned">Number of readings the baseline has been learned from so far; null when it is not being learned.</param>
/// <param name="Machine">State of its machine; null when none is reported.</param>
internal sealed record SensorDetails(IReadOnlyList<string> Labels, Baseline? Baseline, int? Learned, MachineState? Machine = null)
{
    /// <summary>Details of a sensor that has none.</summary>
    public static SensorDetails None { get; } = new([], null, null);
}
