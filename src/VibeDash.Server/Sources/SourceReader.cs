using System.Globalization;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Core.Sparkplug;
using VibeDash.Server.Sources.Sparkplug;
using VibeDash.Server.Startup;

namespace VibeDash.Server.Sources;

/// <summary>
/// Reads section <c>Sources</c>. Not through the options binder, because the allowed keys depend on the profile and unknown keys must be faults
/// here: with a misspelt path, every message would be rejected.
/// </summary>
internal static class SourceReader
{
    /// <summary>Name of the section, an array.</summary>
    public const string Section = "Sources";

    private static readonly string[] Profiles = ["VibrationRecorded", "Number", "Json", "CloudEvents", "Status", "MachineState", SparkplugSource.Name];
    private static readonly string[] KeysOfAll = ["TopicFilter", "Profile", "Broker"];
    private static readonly string[] KeysOfSign = ["Absolute", "Signed"];
    private static readonly string[] KeysOfEvent = ["SendsOnChange", .. KeysOfSign];
    private static readonly string[] KeysOfNumber = [.. KeysOfEvent, "SensorId", "Location", "Unit", "Baseline", "Multiplier"];
    private static readonly string[] KeysOfJson = [.. KeysOfNumber, "When", "Level", "Readings", "Items", "Timestamp", "TimestampFormat", "EventId", "Quality", "GoodQuality"];
    private static readonly string[] KeysOfSparkplug = ["Metrics", "Unit", "Baseline", "Multiplier", "HostId", .. KeysOfSign];
    private static readonly string[] KeysOfStatus = ["SensorId", "Value", "Online", "Offline"];
    private static readonly string[] KeysOfMachineState = ["SensorId", "Location", "Value", "Running", "Stopped", "Timestamp", "TimestampFormat"];
    private static readonly string[] KeysOfWhen = ["Path", "Equals", "Matches"];
    private static readonly string[] KeysOfReading = ["Suffix", "Level", "Unit", "Baseline", "Multiplier", "Quality"];

    /// <summary>The configured sources; none when the section is absent.</summary>
    /// <exception cref="StartupException">One line that names the key, its value and the allowed values.</exception>
    public static IReadOnlyList<TopicSource> Read(IConfiguration configuration, IReadOnlyList<SourceBroker> brokers)
    {
        var sources = configuration.GetSection(Section).GetChildren().Select(section => Read(section, brokers)).ToArray();
        if (sources.OfType<SparkplugSource>().Where(source => source.HostId is not null).GroupBy(source => source.Broker).Select(ofBroker => ofBroker.ElementAtOrDefault(1)).FirstOrDefault(source => source is not null) is { } second)
            throw SectionFault.Wrong(configuration.GetSection($"{Section}:{Array.IndexOf(sources, second)}:HostId"), "one HostId per broker: a connection has a single last will");
        if (sources.Length > 0 && brokers.Select(broker => configuration.GetSection($"{broker.Key}:{nameof(SourceBroker.TopicFilters)}").GetChildren().FirstOrDefault()).OfType<IConfigurationSection>().FirstOrDefault() is { } filter)
            throw SectionFault.Wrong(filter, $"not together with {Section}, which have their own topic filters");
        return sources;
    }

    private static TopicSource Read(IConfigurationSection section, IReadOnlyList<SourceBroker> brokers)
    {
        var filter = section.GetSection("TopicFilter");
        if (!TopicPattern.TryParse(filter.Value, out var pattern))
            throw SectionFault.Wrong(filter, TopicPattern.Allowed);

        var broker = section.GetSection("Broker");
        if (broker.Value is not null && brokers.All(known => known.Name != broker.Value))
            throw SectionFault.Wrong(broker, $"the name of a broker: {string.Join(", ", brokers.Select(known => known.Name))}");

        var name = section.GetSection("Profile");
        var profile = Profiles.FirstOrDefault(known => known.Equals(name.Value ?? Profiles[0], StringComparison.OrdinalIgnoreCase))
            ?? throw SectionFault.Wrong(name, string.Join(", ", Profiles));
        var source = new SourceSection(section, pattern);
        source.Only([.. KeysOfAll, .. profile switch { "Number" => KeysOfNumber, "Json" or "CloudEvents" => KeysOfJson, "Status" => KeysOfStatus, "MachineState" => KeysOfMachineState, SparkplugSource.Name => KeysOfSparkplug, _ => KeysOfEvent }], $"profile {profile}");

        if (profile == SparkplugSource.Name)
        {
            // It keeps state about the edge nodes of one broker, and answers them there.
            if (broker.Value is null && brokers.Count > 1)
                throw SectionFault.Wrong(broker, $"with profile {profile} the name of one broker: {string.Join(", ", brokers.Select(known => known.Name))}");
            return ReadSparkplug(source, broker.Value, filter.Path);
        }

        return new(pattern, profile switch
        {
            "Number" => ReadNumber(source),
            "Json" => new JsonProfile(ReadShape(source)),
            "CloudEvents" => ReadCloudEvents(source),
            "Status" => ReadStatus(source),
            "MachineState" => ReadMachineState(source),
            _ => new VibrationRecordedProfile(source.Sign()),
        }, broker.Value, filter.Path, SourceSection.Flag(source["SendsOnChange"]));
    }

    private static NumberProfile ReadNumber(SourceSection source)
    {
        var sensorId = source.ConstantIfAny("SensorId", SensorId.MaximumLength);
        if (sensorId is null)
            source.NeedSensorInTopic("a topic filter with a level {sensor}, or SensorId: a number does not identify its sensor");
        else
            source.NeedSensorId(sensorId);
        return new(
            sensorId,
            source.ConstantIfAny("Location", VibrationEventParser.MaximumTextLength),
            source.Constant("Unit", VibrationEventParser.MaximumUnitLength),
            SourceSection.Baseline(source["Baseline"]),
            SourceSection.Multiplier(source["Multiplier"]),
            source.Sign());
    }

    private static CloudEventsProfile ReadCloudEvents(SourceSection source)
    {
        if (source.Has("Level") || source["Readings"].Exists())
            return new(ReadShape(source));
        source.Only([.. KeysOfAll, .. KeysOfEvent], "profile CloudEvents without Level or Readings, whose data is the seed event");
        return new(null, source.Sign());
    }

    private static StatusProfile ReadStatus(SourceSection source)
    {
        var value = source.Path("Value");
        var sensorId = TextBesideValue(source, "SensorId", SensorId.MaximumLength, value);
        NeedSensor(source, sensorId);
        var (online, offline) = source.EitherWords("Online", StatusProfile.DefaultOnline, "Offline", StatusProfile.DefaultOffline);
        return new(sensorId, value, online, offline);
    }

    private static MachineStateProfile ReadMachineState(SourceSection source)
    {
        var value = source.Path("Value");
        var sensorId = TextBesideValue(source, "SensorId", SensorId.MaximumLength, value);
        var location = TextBesideValue(source, "Location", VibrationEventParser.MaximumTextLength, value);
        if (sensorId is not null && location is not null)
            throw SectionFault.Wrong(source["Location"], "not together with SensorId: a state applies either to one sensor or to a machine with all its sensors");
        if (sensorId is { Path: null })
            source.NeedSensorId(sensorId.Constant);
        if (sensorId is null && location is null && !source.Pattern.NamesSensor && !source.Pattern.NamesLocation)
            throw SectionFault.Wrong(source["TopicFilter"], "a topic filter with named levels that make the location of a machine, such as plant/{line}/{machine}/state, or with {sensor}; or else Location or SensorId");

        var timestamp = source.Path("Timestamp");
        if (timestamp is not null && value is null)
            throw SectionFault.Wrong(source["Timestamp"], "a path only together with Value, which makes the payload JSON");
        var (running, stopped) = source.EitherWords("Running", MachineStateProfile.DefaultRunning, "Stopped", MachineStateProfile.DefaultStopped);
        return new(new()
        {
            SensorId = sensorId,
            Location = location,
            Value = value,
            Timestamp = timestamp,
            TimestampFormat = source.FormatOf(timestamp),
            Running = running,
            Stopped = stopped,
        });
    }

    private static SparkplugSource ReadSparkplug(SourceSection source, string? broker, string key)
    {
        var pattern = source.Pattern;
        if (!pattern.Filter.StartsWith(SparkplugTopic.Namespace + "/", StringComparison.Ordinal) || pattern.Text != pattern.Filter)
            throw SectionFault.Wrong(source["TopicFilter"], $"a topic filter that starts with {SparkplugTopic.Namespace}/ and names no levels, such as {SparkplugTopic.Namespace}/#");

        var hostId = source.ConstantIfAny("HostId", VibrationEventParser.MaximumTextLength);
        if (hostId?.AsSpan().ContainsAny("/+#") == true)
            throw SectionFault.Wrong(source["HostId"], "a text without / + #");
        var baseline = SourceSection.Number(source["Baseline"]);
        if (baseline is < 0 or > Reading.MaximumLevel)
            throw SectionFault.Wrong(source["Baseline"], $"a number of at least 0 and at most {Reading.MaximumLevel:N0}, or the name of a metric");
        var shape = new SparkplugShape
        {
            Metrics = source.Words("Metrics") ?? [],
            Unit = source.ConstantIfAny("Unit", VibrationEventParser.MaximumUnitLength),
            Baseline = baseline ?? 0,
            BaselineMetric = baseline is null ? source.ConstantIfAny("Baseline", VibrationEventParser.MaximumTextLength) : null,
            Multiplier = SourceSection.Multiplier(source["Multiplier"]),
            Sign = source.Sign(),
        };
        return new(pattern, shape, hostId, broker, key);
    }

    private static JsonShape ReadShape(SourceSection source)
    {
        var items = source.Path("Items", many: true);
        var timestamp = source.Path("Timestamp");
        var timestampFormat = source.FormatOf(timestamp);
        var sensorId = source.Text(source["SensorId"], SensorId.MaximumLength);
        NeedSensor(source, sensorId);
        return new()
        {
            When = ReadWhen(source["When"]),
            Items = items,
            Readings = ReadReadings(source),
            Sign = source.Sign(),
            SensorId = sensorId,
            Location = source.Text(source["Location"], VibrationEventParser.MaximumTextLength),
            Timestamp = timestamp,
            TimestampFormat = timestampFormat,
            EventId = source.Path("EventId"),
        };
    }

    // One condition, or several that must all be met.
    private static MessageCondition[] ReadWhen(IConfigurationSection when)
    {
        IConfigurationSection[] several = [.. when.GetChildren()];
        if (several.Length == 0)
            return when.Value is null ? [] : throw SectionFault.Wrong(when, "a condition with a Path, such as { \"Path\": \"$.type\", \"Equals\": \"vibration\" }, or several");
        return [.. (several.All(child => int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)) ? several : [when]).Select(ReadCondition)];
    }

    private static MessageCondition ReadCondition(IConfigurationSection section)
    {
        SectionFault.Only(section, KeysOfWhen, "a condition");
        var path = section.GetSection("Path");
        if (!JsonPath.TryParse(path.Value ?? "", out var found) || found.IsMany || found.IsRelative)
            throw SectionFault.Wrong(path, JsonPath.Allowed);
        return new(found, SourceSection.Words(section.GetSection("Equals")), SourceSection.Expression(section.GetSection("Matches")));
    }

    private static JsonReading[] ReadReadings(SourceSection source)
    {
        var configured = source["Readings"].GetChildren().ToArray();
        if (configured.Length == 0)
            return [ReadReading(source, source["Level"], part: null, "")];
        if (source.Has("Level"))
            throw SectionFault.Wrong(source["Level"], "not together with Readings, which have their own");
        if (configured.Length > PayloadProfile.MaximumRejections)
            throw SectionFault.Wrong(configured[^1], $"at most {PayloadProfile.MaximumRejections} readings");

        var readings = new List<JsonReading>();
        foreach (var part in configured)
        {
            SectionFault.Only(part, KeysOfReading, "a reading");
            var suffix = part["Suffix"] ?? "";
            if (!SensorId.IsValid("x" + suffix + "x") || readings.Any(other => other.Suffix == suffix))
                throw SectionFault.Wrong(part.GetSection("Suffix"), "letters, digits and - _ . : that no other reading of the source has");
            readings.Add(ReadReading(source, part.GetSection("Level"), part, suffix));
        }

        return [.. readings];
    }

    // A reading's own key takes precedence over that of its source.
    private static JsonReading ReadReading(SourceSection source, IConfigurationSection level, IConfigurationSection? part, string suffix)
    {
        var baseline = Nearest("Baseline");
        var baselinePath = baseline.Value is { } text && JsonPath.IsMeant(text) ? source.Path(baseline) : null;
        return new(
            suffix,
            source.Path(level) ?? throw SectionFault.Wrong(level, JsonPath.Allowed),
            source.NeedText(Nearest("Unit"), VibrationEventParser.MaximumUnitLength),
            baselinePath is null ? SourceSection.Baseline(baseline) : 0,
            baselinePath,
            SourceSection.Multiplier(Nearest("Multiplier")))
        {
            Quality = ReadQuality(source, Nearest("Quality")),
        };

        IConfigurationSection Nearest(string key) => part?[key] is null ? source[key] : part.GetSection(key);
    }

    private static JsonQuality? ReadQuality(SourceSection source, IConfigurationSection quality)
    {
        var good = source.Words("GoodQuality");
        if (source.Path(quality) is { } path)
            return new(path, good);
        return good is null ? null : throw SectionFault.Wrong(source["GoodQuality"], "only together with Quality");
    }

    private static PayloadText? TextBesideValue(SourceSection source, string key, int maximumLength, JsonPath? value) =>
        source.Text(source[key], maximumLength) is not { } text ? null
        : text.Path is null || value is not null ? text
        : throw SectionFault.Wrong(source[key], "a text; a path only together with Value, which makes the payload JSON");

    private static void NeedSensor(SourceSection source, PayloadText? sensorId)
    {
        if (sensorId is null)
            source.NeedSensorInTopic("a topic filter with a level {sensor}, or SensorId");
        else if (sensorId.Path is null)
            source.NeedSensorId(sensorId.Constant);
    }
}
