using System.Globalization;
using VibeDash.Core.Readings;

namespace VibeDash.Simulator.Replay;

/// <summary>A column that holds the levels of one sensor. Immutable.</summary>
public sealed record LevelColumn
{
    /// <summary>Name of the column.</summary>
    public required string Column { get; init; }

    /// <summary>Id of the sensor.</summary>
    public required string SensorId { get; init; }

    /// <summary>Unit of the levels; empty when not set yet.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Level of the healthy machine, in the unit; 0, the default, is unknown.</summary>
    public double Baseline { get; init; }

    /// <summary>Factor that converts the numbers of the file to the unit; default 1.</summary>
    public double Multiplier { get; init; } = 1;

    /// <summary>Location of the sensor; default empty.</summary>
    public string Location { get; init; } = "";

    /// <summary>Parses <c>column=sensor</c>, optionally followed by <c>;unit=</c>, <c>;baseline=</c>, <c>;multiplier=</c> and <c>;location=</c>.</summary>
    /// <param name="text">The mapping.</param>
    /// <param name="defaults">The values for everything that the mapping does not name.</param>
    /// <param name="expected">The text that was expected, when the result is null; else empty.</param>
    public static LevelColumn? Parse(string text, LevelColumn defaults, out string expected)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        var (name, sensorId) = Cut(parts[0], parts[0].LastIndexOf('='));
        var column = defaults with { Column = name, SensorId = sensorId };
        expected = name.Length == 0 || sensorId.Length == 0 ? "COLUMN=SENSOR"
            : !Core.Readings.SensorId.IsValid(sensorId) ? $"a sensor id of 1 to {Core.Readings.SensorId.MaximumLength} letters, digits, inner spaces or - _ . :"
            : "";
        foreach (var part in parts.Skip(1))
        {
            var (key, value) = Cut(part, part.IndexOf('='));
            if (With(column, key, value) is { } more)
                column = more;
            else if (expected.Length == 0)
                expected = "after COLUMN=SENSOR only ;unit=TEXT, ;baseline=NUMBER, ;multiplier=NUMBER and ;location=TEXT, each within its limits";
        }

        return expected.Length == 0 ? column : null;
    }

    /// <summary>True for a valid baseline: finite and not negative.</summary>
    public static bool IsBaseline(double number) => double.IsFinite(number) && number >= 0;

    /// <summary>True for a valid multiplier: finite and positive.</summary>
    public static bool IsMultiplier(double number) => double.IsFinite(number) && number > 0;

    /// <summary>True for a valid unit.</summary>
    public static bool IsUnit(string text) => IsText(text, VibrationEventParser.MaximumUnitLength) && text.Trim().Length > 0;

    /// <summary>True for a valid location.</summary>
    public static bool IsLocation(string text) => IsText(text, VibrationEventParser.MaximumTextLength);

    private static LevelColumn? With(LevelColumn column, string key, string value) => key switch
    {
        "unit" when IsUnit(value) => column with { Unit = value },
        "location" when IsLocation(value) => column with { Location = value },
        "baseline" when TryNumber(value, out var number) && IsBaseline(number) => column with { Baseline = number },
        "multiplier" when TryNumber(value, out var number) && IsMultiplier(number) => column with { Multiplier = number },
        _ => null,
    };

    private static (string Before, string After) Cut(string text, int at) => at < 0 ? (text, "") : (text[..at].Trim(), text[(at + 1)..].Trim());

    private static bool IsText(string text, int maximumLength) => text.Length <= maximumLength && !text.Any(char.IsControl);

    private static bool TryNumber(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
