using System.Globalization;
using System.Text.RegularExpressions;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Server.Startup;

namespace VibeDash.Server.Sources;

/// <summary>
/// The values of a source in section <c>Sources</c>, checked as they are read. An invalid value is a <see cref="StartupException"/>: one line that
/// names the key, its value and the allowed values.
/// </summary>
/// <param name="source">The section of the source.</param>
/// <param name="pattern">Its topic filter.</param>
internal sealed class SourceSection(IConfigurationSection source, TopicPattern pattern)
{
    private const string ConstantText = "a text of 1 to {0} characters without control characters";

    private readonly bool _hasItems = source["Items"] is not null;

    /// <summary>Its topic filter.</summary>
    public TopicPattern Pattern => pattern;

    /// <summary>The section of a key, with or without a value.</summary>
    public IConfigurationSection this[string key] => source.GetSection(key);

    /// <summary>True when a key has a value.</summary>
    public bool Has(string key) => source[key] is not null;

    /// <summary>Rejects all other keys: they would have no effect.</summary>
    public void Only(string[] keys, string what) => SectionFault.Only(source, keys, what);

    /// <summary>A text that is not a path.</summary>
    public string Constant(string key, int maximumLength)
    {
        var section = this[key];
        return IsText(section.Value, maximumLength) && !JsonPath.IsMeant(section.Value!)
            ? section.Value!
            : throw SectionFault.Wrong(section, Format(ConstantText, maximumLength));
    }

    /// <summary>A text that is not a path, or null.</summary>
    public string? ConstantIfAny(string key, int maximumLength) => Has(key) ? Constant(key, maximumLength) : null;

    /// <summary>A text, or a path to one; null when absent.</summary>
    public PayloadText? Text(IConfigurationSection section, int maximumLength)
    {
        if (section.Value is not { } text)
            return null;
        if (JsonPath.IsMeant(text))
            return new("", Path(section));
        return IsText(text, maximumLength) ? new(text) : throw SectionFault.Wrong(section, TextOrPath(maximumLength));
    }

    /// <summary>A required text, or a path to one.</summary>
    public PayloadText NeedText(IConfigurationSection section, int maximumLength) => Text(section, maximumLength) ?? throw SectionFault.Wrong(section, TextOrPath(maximumLength));

    /// <summary>One word, or an array of words; null when absent.</summary>
    public string[]? Words(string key) => Words(this[key]);

    /// <inheritdoc cref="Words(string)"/>
    public static string[]? Words(IConfigurationSection section)
    {
        IConfigurationSection[] words = [.. section.GetChildren()];
        if (words.Length == 0 && section.Value is not null)
            words = [section];
        return words.FirstOrDefault(word => !IsText(word.Value, VibrationEventParser.MaximumTextLength)) is { } wrong
            ? throw SectionFault.Wrong(wrong, Format(ConstantText, VibrationEventParser.MaximumTextLength))
            : words.Length == 0 ? null : [.. words.Select(word => word.Value!.Trim())];
    }

    /// <summary>A regular expression that no text makes slow; null when absent.</summary>
    public static Regex? Expression(IConfigurationSection section)
    {
        try
        {
            return section.Value is { } text ? new(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant) : null;
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            throw SectionFault.Wrong(section, "a regular expression without lookarounds, back-references and atomic groups");
        }
    }

    /// <summary>Two disjoint sets of words.</summary>
    public (IReadOnlyList<string> Yes, IReadOnlyList<string> No) EitherWords(string yesKey, IReadOnlyList<string> yesByDefault, string noKey, IReadOnlyList<string> noByDefault)
    {
        var (yes, no) = (Words(yesKey) ?? yesByDefault, Words(noKey) ?? noByDefault);
        return yes.Intersect(no, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } both
            ? throw new StartupException($"{source.Path}:{yesKey} and {noKey} are both '{both}'; allowed: different words.")
            : (yes, no);
    }

    /// <summary>A path, or null when absent.</summary>
    public JsonPath? Path(string key, bool many = false) => Path(this[key], many);

    /// <summary>A path, or null when absent.</summary>
    public JsonPath? Path(IConfigurationSection section, bool many = false)
    {
        if (section.Value is not { } text)
            return null;
        if (!JsonPath.TryParse(text, out var path) || path.IsMany != many || (path.IsRelative && (many || !_hasItems)))
            throw SectionFault.Wrong(section, many ? "a path to an array such as $.samples[*]" : JsonPath.Allowed + (_hasItems ? ", with @ in place of $ from the item" : ""));
        return path;
    }

    /// <summary>Format of the time at a path.</summary>
    public TimestampFormat FormatOf(JsonPath? timestamp)
    {
        var format = this["TimestampFormat"];
        if (timestamp is null && format.Value is not null)
            throw SectionFault.Wrong(format, "only together with Timestamp");
        return Enum.TryParse<TimestampFormat>(format.Value ?? nameof(TimestampFormat.Iso8601), ignoreCase: true, out var parsed) && Enum.IsDefined(parsed)
            ? parsed
            : throw SectionFault.Wrong(format, string.Join(", ", Enum.GetNames<TimestampFormat>()));
    }

    /// <summary>A baseline; 0 when absent.</summary>
    public static double Baseline(IConfigurationSection section) =>
        section.Value is null ? 0 : Number(section) is { } number and >= 0 and <= Reading.MaximumLevel ? number : throw SectionFault.Wrong(section, $"a number of at least 0 and at most {Reading.MaximumLevel:N0}, or with profile Json a path");

    /// <summary>A multiplier; 1 when absent.</summary>
    public static double Multiplier(IConfigurationSection section) =>
        section.Value is null ? 1 : Number(section) is { } number and > 0 and <= Reading.MaximumLevel ? number : throw SectionFault.Wrong(section, $"a number above 0, at most {Reading.MaximumLevel:N0}");

    /// <summary>What becomes of a negative level: <c>Absolute</c> or <c>Signed</c>, or neither.</summary>
    public LevelSign Sign()
    {
        var (absolute, signed) = (IsTrue(this["Absolute"]), IsTrue(this["Signed"]));
        return absolute && signed
            ? throw SectionFault.Wrong(this["Signed"], "true only without Absolute: a level is stored either as its magnitude or with its sign")
            : absolute ? LevelSign.Absolute : signed ? LevelSign.AsSent : LevelSign.NotNegative;
    }

    /// <summary>A number, or null for anything else.</summary>
    public static double? Number(IConfigurationSection section) =>
        double.TryParse(section.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>Rejects a topic filter that does not name the sensor.</summary>
    public void NeedSensorInTopic(string allowed)
    {
        if (!pattern.NamesSensor)
            throw SectionFault.Wrong(this["TopicFilter"], allowed);
    }

    /// <summary>Rejects an invalid sensor id.</summary>
    public void NeedSensorId(string sensorId)
    {
        if (!SensorId.IsValid(sensorId))
            throw SectionFault.Wrong(this["SensorId"], "letters, digits, inner spaces or - _ . : with a letter or digit among them");
    }

    private static bool IsTrue(IConfigurationSection section) =>
        section.Value is { } text && (bool.TryParse(text, out var isTrue) ? isTrue : throw SectionFault.Wrong(section, "true or false"));

    private static bool IsText(string? text, int maximumLength) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= maximumLength && !text.Any(char.IsControl);

    private static string TextOrPath(int maximumLength) => $"{Format(ConstantText, maximumLength)}, or {JsonPath.Allowed}";

    private static string Format(string format, int number) => string.Format(CultureInfo.InvariantCulture, format, number);
}
