using VibeDash.Core.Readings;

namespace VibeDash.Simulator.Replay;

/// <summary>A row of the file.</summary>
/// <param name="Timestamp">The timestamp of the row.</param>
/// <param name="Events">The events of the row in the order of the columns; a cell without a level has none.</param>
public readonly record struct ReplayRow(DateTimeOffset Timestamp, IReadOnlyList<VibrationEvent> Events);
