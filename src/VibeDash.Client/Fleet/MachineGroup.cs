using VibeDash.Client.Ui;

namespace VibeDash.Client.Fleet;

/// <summary>The sensors of one machine, the worst first.</summary>
/// <param name="Machine">The machine; empty when the sensors name none.</param>
/// <param name="Condition">The worst condition among them.</param>
/// <param name="Sensors">The sensors.</param>
public sealed record MachineGroup(string Machine, SensorCondition Condition, IReadOnlyList<SensorStatus> Sensors);
