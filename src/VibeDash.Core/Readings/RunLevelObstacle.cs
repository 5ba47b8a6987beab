namespace VibeDash.Core.Readings;

/// <summary>Why no run level is proposed.</summary>
public enum RunLevelObstacle
{
    /// <summary>There are too few readings: <see cref="LevelHumps.MinimumLevels"/>.</summary>
    TooFewReadings,

    /// <summary>The levels do not form two humps: the machine ran all the time, or stood still, or its level does not show it.</summary>
    OneHump,

    /// <summary>There are two humps, but the machine did not go back and forth between them: <see cref="RunLevelProposal.LeastStarts"/>.</summary>
    TooFewStarts,
}
