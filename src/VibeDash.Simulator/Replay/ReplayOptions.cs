using VibeDash.Simulator.Sending;

namespace VibeDash.Simulator.Replay;

/// <summary>What a replay does. Immutable; a value outside its range cannot be set.</summary>
public sealed record ReplayOptions : SendingOptions
{
    /// <summary>Slowest replay.</summary>
    public const double MinimumSpeed = 0.001;

    /// <summary>Fastest replay that still waits.</summary>
    public const double MaximumSpeed = 1_000_000_000;

    /// <summary>Path of the CSV file: UTF-8, its first row names the columns.</summary>
    public required string File { get; init; }

    /// <summary>What stands between two cells; a comma when not set.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>When a row was measured.</summary>
    public required TimestampColumn Time { get; init; }

    /// <summary>The levels, at least one column.</summary>
    public required IReadOnlyList<LevelColumn> Columns
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfZero(value.Count);
            field = value;
        }
    }

    /// <summary>
    /// How many times faster than it was measured, <see cref="MinimumSpeed"/> to <see cref="MaximumSpeed"/>; infinite, when not set, does not wait.
    /// </summary>
    public double Speed
    {
        get;
        init
        {
            if (!(double.IsPositiveInfinity(value) || value is >= MinimumSpeed and <= MaximumSpeed))
                throw new ArgumentOutOfRangeException(nameof(value), value, "Must be positive.");
            field = value;
        }
    } = double.PositiveInfinity;
}
