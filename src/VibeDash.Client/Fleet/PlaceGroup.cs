using VibeDash.Client.Ui;

namespace VibeDash.Client.Fleet;

/// <summary>The machines of one place, most severe first.</summary>
/// <param name="Place">The place; empty when unknown.</param>
/// <param name="Condition">The most severe condition.</param>
/// <param name="Machines">The machines.</param>
public sealed record PlaceGroup(string Place, SensorCondition Condition, IReadOnlyList<MachineGroup> Machines);
