using VibeDash.Client.Ui;

namespace VibeDash.Client.Fleet;

/// <summary>The sensors of one machine, most severe first.</summary>
/// <param name="Machine">The machine; empty when unknown.</param>
/// <param name="Condition">The most severe condition.</param>
/// <param name="Sensors">The sensors.</param>
public sealed record MachineGroup(string Machine, SensorCondition Condition, IReadOnlyList<SensorStatus> Sensors);
