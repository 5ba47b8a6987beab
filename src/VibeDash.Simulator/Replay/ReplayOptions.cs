using VibeDash.Simulator.Sending;

namespace VibeDash.Simulator.Replay;

/// <summary>File, columns and speed of a replay. Immutable; a value outside its range cannot be set.</summary>
public sealed record ReplayOptions : SendingOptions
{
    /// <summary>Lower limit of <see cref="Speed"/>.</summary>
    public const double MinimumSpeed = 0.001;

    /// <summary>Upper limit of a finite <see cref="Speed"/>.</summary>
    public const double MaximumSpeed = 1_000_000_000;

    /// <summary>Path of the CSV file: UTF-8, its first row names the columns.</summary>
    public required string File { get; init; }

    /// <summary>The character between two cells; default comma.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>The column with the timestamp.</summary>
    public required TimestampColumn Time { get; init; }

    /// <summary>The columns with levels; at least one.</summary>
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
    /// Speed relative to the measurement, <see cref="MinimumSpeed"/> to <see cref="MaximumSpeed"/>; infinity, the default, does not wait.
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
