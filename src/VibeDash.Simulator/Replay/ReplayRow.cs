using VibeDash.Core.Readings;

namespace VibeDash.Simulator.Replay;

/// <summary>A row of the file.</summary>
/// <param name="Timestamp">When it was measured.</param>
/// <param name="Events">Its events, in the order of the columns; cells without a level have none.</param>
public readonly record struct ReplayRow(DateTimeOffset Timestamp, IReadOnlyList<VibrationEvent> Events);
