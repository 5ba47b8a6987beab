using VibeDash.Client.Ui;

namespace VibeDash.Client.Fleet;

/// <summary>The machines of one place, the worst first.</summary>
/// <param name="Place">The place; empty when the sensors name none.</param>
/// <param name="Condition">The worst condition among them.</param>
/// <param name="Machines">The machines.</param>
public sealed record PlaceGroup(string Place, SensorCondition Condition, IReadOnlyList<MachineGroup> Machines);
