using System.Globalization;
using VibeDash.Core.Payloads;
using VibeDash.Core.Sensors;
using VibeDash.Core.Sparkplug;
using VibeDash.Server.Ingestion.Sparkplug;
using VibeDash.Server.Operations;

namespace VibeDash.Server.Ingestion;

/// <summary>
/// Reads section <c>Sources</c>. By hand and not through the options binder, because what is allowed depends on the profile, and because a
/// key that nobody reads is a fault here: a path that is misspelt would reject every message.
/// </summary>
internal sealed class SourceReader
{
    /// <summary>Name of the section, an array.</summary>
    public const string Section = "Sources";

    private const string ConstantText = "a text of 1 to {0} characters without control characters";
    private static readonly string[] Profiles = ["VibrationRecorded", "Number", "Json", "CloudEvents", "Status", "MachineState", SparkplugSource.Name];
    private static readonly string[] KeysOfAll = ["TopicFilter", "Profile", "Broker"];
    private static readonly string[] KeysOfNumber = ["SensorId", "Location", "Unit", "Baseline", "Multiplier"];
    private static readonly string[] KeysOfJson = [.. KeysOfNumber, "Level", "Readings", "Items", "Timestamp", "TimestampFormat", "EventId"];
    private static readonly string[] KeysOfSparkplug = ["Metrics", "Unit", "Baseline", "Multiplier", "HostId"];
    private static readonly string[] KeysOfStatus = ["SensorId", "Value", "Online", "Offline"];
    private static readonly string[] KeysOfMachineState = ["SensorId", "Location", "Value", "Running", "Stopped", "Timestamp", "TimestampFormat"];
    private static readonly string[] KeysOfReading = ["Suffix", "Level", "Unit", "Baseline", "Multiplier"];

    private readonly IConfigurationSection _section;
    private readonly TopicPattern _pattern;
    private readonly bool _hasItems;

    private SourceReader(IConfigurationSection section, TopicPattern pattern)
    {
        (_section, _pattern) = (section, pattern);
        _hasItems = section["Items"] is not null;
    }

    /// <summary>The configured sources; none when the section is absent.</summary>
    /// <exception cref="StartupException">One line that names the key, its value and what is allowed.</exception>
    public static IReadOnlyList<TopicSource> Read(IConfiguration configuration, IReadOnlyList<BrokerOptions> brokers)
    {
        var sources = configuration.GetSection(Section).GetChildren().Select(section => Read(section, brokers)).ToArray();
        if (sources.OfType<SparkplugSource>().Where(source => source.HostId is not null).GroupBy(source => source.Broker).Select(ofBroker => ofBroker.ElementAtOrDefault(1)).FirstOrDefault(source => source is not null) is { } second)
            throw Wrong(configuration.GetSection($"{Section}:{Array.IndexOf(sources, second)}:HostId"), "one HostId a broker; a connection has one last will");
        if (sources.Length > 0 && brokers.Select(broker => configuration.GetSection($"{broker.Key}:{nameof(BrokerOptions.TopicFilters)}").GetChildren().FirstOrDefault()).OfType<IConfigurationSection>().FirstOrDefault() is { } filter)
            throw Wrong(filter, $"nothing beside {Section}, which name their own topic filters");
        return sources;
    }

    private static TopicSource Read(IConfigurationSection section, IReadOnlyList<BrokerOptions> brokers)
    {
        var filter = section.GetSection("TopicFilter");
        if (!TopicPattern.TryParse(filter.Value, out var pattern))
            throw Wrong(filter, TopicPattern.Allowed);

        var broker = section.GetSection("Broker");
        if (broker.Value is not null && brokers.All(known => known.Name != broker.Value))
            throw Wrong(broker, $"the name of a broker: {string.Join(", ", brokers.Select(known => known.Name))}");

        var name = section.GetSection("Profile");
        var profile = Profiles.FirstOrDefault(known => known.Equals(name.Value ?? Profiles[0], StringComparison.OrdinalIgnoreCase))
            ?? throw Wrong(name, string.Join(", ", Profiles));
        Only(section, [.. KeysOfAll, .. profile switch { "Number" => KeysOfNumber, "Json" or "CloudEvents" => KeysOfJson, "Status" => KeysOfStatus, "MachineState" => KeysOfMachineState, SparkplugSource.Name => KeysOfSparkplug, _ => [] }], $"profile {profile}");

        var reader = new SourceReader(section, pattern);
        if (profile == SparkplugSource.Name)
        {
            // It remembers what one broker's edge nodes said, and answers them there.
            if (broker.Value is null && brokers.Count > 1)
                throw Wrong(broker, $"with profile {profile} the name of one broker: {string.Join(", ", brokers.Select(known => known.Name))}");
            return reader.ReadSparkplug(broker.Value, filter.Path);
        }

        return new(pattern, profile switch
        {
            "Number" => reader.ReadNumber(),
            "Json" => new JsonProfile(reader.ReadShape()),
            "CloudEvents" => reader.ReadCloudEvents(),
            "Status" => reader.ReadStatus(),
            "MachineState" => reader.ReadMachineState(),
            _ => new VibrationRecordedProfile(),
        }, broker.Value, filter.Path);
    }

    private NumberProfile ReadNumber()
    {
        var sensorId = _section["SensorId"] is null ? null : Constant("SensorId", SensorId.MaximumLength);
        if (sensorId is null)
            NeedSensorInTopic("a topic filter with a level {sensor}, or SensorId beside it: a number does not say whose it is");
        else
            NeedSensorId(sensorId);
        return new(
            sensorId,
            _section["Location"] is null ? null : Constant("Location", VibrationEventParser.MaximumTextLength),
            Constant("Unit", VibrationEventParser.MaximumUnitLength),
            Baseline(_section.GetSection("Baseline")),
            Multiplier(_section.GetSection("Multiplier")));
    }

    private CloudEventsProfile ReadCloudEvents()
    {
        if (_section["Level"] is not null || _section.GetSection("Readings").Exists())
            return new(ReadShape());
        Only(_section, KeysOfAll, "profile CloudEvents without Level or Readings, whose data is the seed event");
        return new(null);
    }

    private StatusProfile ReadStatus()
    {
        var value = Path("Value");
        var sensorId = InJson("SensorId", SensorId.MaximumLength, value);
        if (sensorId is null)
            NeedSensorInTopic("a topic filter with a level {sensor}, or SensorId beside it");
        else if (sensorId.Path is null)
            NeedSensorId(sensorId.Constant);

        var online = Words("Online") ?? StatusProfile.DefaultOnline;
        var offline = Words("Offline") ?? StatusProfile.DefaultOffline;
        return online.Intersect(offline, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } both
            ? throw new StartupException($"{_section.Path}:Online and Offline are both '{both}'; allowed: words that say one or the other.")
            : new(sensorId, value, online, offline);
    }

    private MachineStateProfile ReadMachineState()
    {
        var value = Path("Value");
        var sensorId = InJson("SensorId", SensorId.MaximumLength, value);
        var location = InJson("Location", VibrationEventParser.MaximumTextLength, value);
        if (sensorId is not null && location is not null)
            throw Wrong(_section.GetSection("Location"), "nothing beside SensorId: what is said is either of one sensor or of a machine with all its sensors");
        if (sensorId is { Path: null })
            NeedSensorId(sensorId.Constant);
        if (sensorId is null && location is null && !_pattern.NamesSensor && !_pattern.NamesLocation)
            throw Wrong(_section.GetSection("TopicFilter"), "a topic filter with named levels that make the location of a machine, such as plant/{line}/{machine}/state, or with {sensor}; or Location or SensorId beside it");

        var timestamp = Path("Timestamp");
        if (timestamp is not null && value is null)
            throw Wrong(_section.GetSection("Timestamp"), "a path only beside Value, which says that the payload is JSON");
        var running = Words("Running") ?? MachineStateProfile.DefaultRunning;
        var stopped = Words("Stopped") ?? MachineStateProfile.DefaultStopped;
        return running.Intersect(stopped, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } both
            ? throw new StartupException($"{_section.Path}:Running and Stopped are both '{both}'; allowed: words that say one or the other.")
            : new(new()
            {
                SensorId = sensorId,
                Location = location,
                Value = value,
                Timestamp = timestamp,
                TimestampFormat = ReadTimestampFormat(timestamp),
                Running = running,
                Stopped = stopped,
            });
    }

    private PayloadText? InJson(string key, int maximumLength, JsonPath? value) =>
        Text(_section.GetSection(key), maximumLength) is not { } text ? null
        : text.Path is null || value is not null ? text
        : throw Wrong(_section.GetSection(key), "a text; a path only beside Value, which says that the payload is JSON");

    private TimestampFormat ReadTimestampFormat(JsonPath? timestamp)
    {
        var format = _section.GetSection("TimestampFormat");
        if (timestamp is null && format.Value is not null)
            throw Wrong(format, "nothing without Timestamp");
        return Enum.TryParse<TimestampFormat>(format.Value ?? nameof(TimestampFormat.Iso8601), ignoreCase: true, out var parsed) && Enum.IsDefined(parsed)
            ? parsed
            : throw Wrong(format, string.Join(", ", Enum.GetNames<TimestampFormat>()));
    }

    private SparkplugSource ReadSparkplug(string? broker, string key)
    {
        var filter = _section.GetSection("TopicFilter");
        if (!_pattern.Filter.StartsWith(SparkplugTopic.Namespace + "/", StringComparison.Ordinal) || _pattern.Text != _pattern.Filter)
            throw Wrong(filter, $"a topic filter that starts with {SparkplugTopic.Namespace}/ and names no levels, such as {SparkplugTopic.Namespace}/#");

        var hostId = _section["HostId"] is null ? null : Constant("HostId", VibrationEventParser.MaximumTextLength);
        if (hostId?.AsSpan().ContainsAny("/+#") == true)
            throw Wrong(_section.GetSection("HostId"), "a text without / + #");
        var baseline = _section.GetSection("Baseline");
        var number = Number(baseline);
        if (number < 0)
            throw Wrong(baseline, "a number not below 0, or the name of a metric");
        var baselineMetric = baseline.Value is null || number is not null ? null : Constant("Baseline", VibrationEventParser.MaximumTextLength);
        var shape = new SparkplugShape
        {
            Metrics = Words("Metrics") ?? [],
            Unit = _section["Unit"] is null ? null : Constant("Unit", VibrationEventParser.MaximumUnitLength),
            Baseline = number ?? 0,
            BaselineMetric = baselineMetric,
            Multiplier = Multiplier(_section.GetSection("Multiplier")),
        };
        return new(_pattern, shape, hostId, broker, key);
    }

    // One word, or an array of them.
    private string[]? Words(string key)
    {
        var section = _section.GetSection(key);
        IConfigurationSection[] words = [.. section.GetChildren()];
        if (words.Length == 0 && section.Value is not null)
            words = [section];
        return words.FirstOrDefault(word => !IsText(word.Value, VibrationEventParser.MaximumTextLength)) is { } wrong
            ? throw Wrong(wrong, Format(ConstantText, VibrationEventParser.MaximumTextLength))
            : words.Length == 0 ? null : [.. words.Select(word => word.Value!.Trim())];
    }

    private JsonShape ReadShape()
    {
        var items = Path("Items", many: true);
        var timestamp = Path("Timestamp");
        var timestampFormat = ReadTimestampFormat(timestamp);
        var sensorId = Text(_section.GetSection("SensorId"), SensorId.MaximumLength);
        if (sensorId is null)
            NeedSensorInTopic("a topic filter with a level {sensor}, or SensorId beside it");
        else if (sensorId.Path is null)
            NeedSensorId(sensorId.Constant);
        return new()
        {
            Items = items,
            Readings = ReadReadings(),
            SensorId = sensorId,
            Location = Text(_section.GetSection("Location"), VibrationEventParser.MaximumTextLength),
            Timestamp = timestamp,
            TimestampFormat = timestampFormat,
            EventId = Path("EventId"),
        };
    }

    private JsonReading[] ReadReadings()
    {
        var configured = _section.GetSection("Readings").GetChildren().ToArray();
        if (configured.Length == 0)
            return [ReadReading(_section, "")];
        if (_section["Level"] is not null)
            throw Wrong(_section.GetSection("Level"), "nothing beside Readings, which each have their own");
        if (configured.Length > PayloadProfile.MaximumRejections)
            throw Wrong(configured[^1], $"at most {PayloadProfile.MaximumRejections} readings");

        var readings = new List<JsonReading>();
        foreach (var section in configured)
        {
            Only(section, KeysOfReading, "a reading");
            var suffix = section["Suffix"] ?? "";
            if (!SensorId.IsValid("x" + suffix + "x") || readings.Any(other => other.Suffix == suffix))
                throw Wrong(section.GetSection("Suffix"), "letters, digits and - _ . : that no other reading of the source has");
            readings.Add(ReadReading(section, suffix));
        }

        return [.. readings];
    }

    // A reading's own key comes before that of its source.
    private JsonReading ReadReading(IConfigurationSection section, string suffix)
    {
        var baseline = Nearest(section, "Baseline");
        var baselinePath = baseline.Value is { } text && JsonPath.IsMeant(text) ? Path(baseline, many: false) : null;
        return new(
            suffix,
            Path(section.GetSection("Level"), many: false) ?? throw Wrong(section.GetSection("Level"), JsonPath.Allowed),
            Text(Nearest(section, "Unit"), VibrationEventParser.MaximumUnitLength) ?? throw Wrong(Nearest(section, "Unit"), TextOrPath(VibrationEventParser.MaximumUnitLength)),
            baselinePath is null ? Baseline(baseline) : 0,
            baselinePath,
            Multiplier(Nearest(section, "Multiplier")));
    }

    private IConfigurationSection Nearest(IConfigurationSection section, string key) =>
        section[key] is null ? _section.GetSection(key) : section.GetSection(key);

    private string Constant(string key, int maximumLength)
    {
        var section = _section.GetSection(key);
        return IsText(section.Value, maximumLength) && !JsonPath.IsMeant(section.Value!)
            ? section.Value!
            : throw Wrong(section, Format(ConstantText, maximumLength));
    }

    private PayloadText? Text(IConfigurationSection section, int maximumLength)
    {
        if (section.Value is not { } text)
            return null;
        if (JsonPath.IsMeant(text))
            return new("", Path(section, many: false));
        return IsText(text, maximumLength) ? new(text) : throw Wrong(section, TextOrPath(maximumLength));
    }

    private JsonPath? Path(string key, bool many = false) => Path(_section.GetSection(key), many);

    private JsonPath? Path(IConfigurationSection section, bool many)
    {
        if (section.Value is not { } text)
            return null;
        if (!JsonPath.TryParse(text, out var path) || path.IsMany != many || (path.IsRelative && (many || !_hasItems)))
            throw Wrong(section, many ? "a path to an array such as $.samples[*]" : JsonPath.Allowed + (_hasItems ? ", with @ in place of $ from the item" : ""));
        return path;
    }

    private static double Baseline(IConfigurationSection section) =>
        section.Value is null ? 0 : Number(section) is { } number and >= 0 ? number : throw Wrong(section, "a number not below 0, or with profile Json a path");

    private static double Multiplier(IConfigurationSection section) =>
        section.Value is null ? 1 : Number(section) is { } number and > 0 ? number : throw Wrong(section, "a number above 0");

    private static double? Number(IConfigurationSection section) =>
        double.TryParse(section.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private void NeedSensorInTopic(string allowed)
    {
        if (!_pattern.NamesSensor)
            throw Wrong(_section.GetSection("TopicFilter"), allowed);
    }

    private void NeedSensorId(string sensorId)
    {
        if (!SensorId.IsValid(sensorId))
            throw Wrong(_section.GetSection("SensorId"), "letters, digits, inner spaces or - _ . : with a letter or digit among them");
    }

    private static bool IsText(string? text, int maximumLength) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= maximumLength && !text.Any(char.IsControl);

    private static string TextOrPath(int maximumLength) => $"{Format(ConstantText, maximumLength)}, or {JsonPath.Allowed}";

    private static string Format(string format, int number) => string.Format(CultureInfo.InvariantCulture, format, number);

    private static void Only(IConfigurationSection section, string[] keys, string what)
    {
        if (section.GetChildren().FirstOrDefault(child => !keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw Wrong(unknown, $"nothing; {what} knows {string.Join(", ", keys)}");
    }

    private static StartupException Wrong(IConfigurationSection section, string allowed) => new($"{section.Path} is '{section.Value}'; allowed: {allowed}.");
}
