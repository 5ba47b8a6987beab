using VibeDash.Core.Readings;

namespace VibeDash.Server.Pipeline;

/// <summary>What is said about a sensor besides its readings and facts.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Baseline">Its baseline, when that is not the one it sends.</param>
/// <param name="Learned">Readings from which the baseline is being learned so far; null when it is not.</param>
/// <param name="Machine">Whether its machine runs; null when nothing is said of that.</param>
internal sealed record SensorSaid(IReadOnlyList<string> Labels, Baseline? Baseline, int? Learned, MachineState? Machine = null);
