using System.Globalization;
using VibeDash.Core.Readings;

namespace VibeDash.Simulator.Replay;

/// <summary>A column with the levels of one sensor. Immutable.</summary>
public sealed record LevelColumn
{
    /// <summary>Name of the column.</summary>
    public required string Column { get; init; }

    /// <summary>The sensor.</summary>
    public required string SensorId { get; init; }

    /// <summary>Unit of its levels; empty is none yet.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Level of the healthy machine, in the unit; 0, when not set, is unknown.</summary>
    public double Baseline { get; init; }

    /// <summary>What the numbers of the file are multiplied by to be in the unit; 1 when not set.</summary>
    public double Multiplier { get; init; } = 1;

    /// <summary>Where the sensor is; empty when not set.</summary>
    public string Location { get; init; } = "";

    /// <summary>Reads <c>column=sensor</c>, with <c>;unit=</c>, <c>;baseline=</c>, <c>;multiplier=</c> and <c>;location=</c> as needed.</summary>
    /// <param name="text">The mapping.</param>
    /// <param name="others">What the mapping leaves out; without a column and a sensor.</param>
    /// <param name="wrong">What is wrong with it, when null is returned.</param>
    public static LevelColumn? Parse(string text, LevelColumn others, out string wrong)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        var (name, sensorId) = Cut(parts[0], parts[0].LastIndexOf('='));
        var column = others with { Column = name, SensorId = sensorId };
        wrong = name.Length == 0 || sensorId.Length == 0 ? "COLUMN=SENSOR"
            : !Core.Readings.SensorId.IsValid(sensorId) ? $"a sensor id of 1 to {Core.Readings.SensorId.MaximumLength} letters, digits, inner spaces or - _ . :"
            : "";
        foreach (var part in parts.Skip(1))
        {
            var (key, value) = Cut(part, part.IndexOf('='));
            if (With(column, key, value) is { } more)
                column = more;
            else if (wrong.Length == 0)
                wrong = "after COLUMN=SENSOR only ;unit=TEXT, ;baseline=NUMBER, ;multiplier=NUMBER and ;location=TEXT, each within its limits";
        }

        return wrong.Length == 0 ? column : null;
    }

    /// <summary>True for a baseline: finite, not negative.</summary>
    public static bool IsBaseline(double number) => double.IsFinite(number) && number >= 0;

    /// <summary>True for a multiplier: finite, positive.</summary>
    public static bool IsMultiplier(double number) => double.IsFinite(number) && number > 0;

    /// <summary>True for a unit.</summary>
    public static bool IsUnit(string text) => IsText(text, VibrationEventParser.MaximumUnitLength) && text.Trim().Length > 0;

    /// <summary>True for a location.</summary>
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
