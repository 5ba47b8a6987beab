using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Sparkplug;

/// <summary>An edge node or device with the metrics of its last birth. Not thread-safe.</summary>
internal sealed class SparkplugOwner
{
    private readonly SparkplugShape _shape;
    private readonly SensorFacts _facts;
    private readonly Dictionary<string, SparkplugDefinition> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, SparkplugDefinition> _byAlias = [];
    private double _baseline;

    /// <summary>Creates the owner from a birth.</summary>
    /// <param name="shape">Selects the metrics that are readings.</param>
    /// <param name="name">Name of the device; empty for an edge node.</param>
    /// <param name="prefix">Common start of its sensor ids.</param>
    /// <param name="facts">Facts about its sensors.</param>
    /// <param name="metrics">The metrics of the birth.</param>
    /// <param name="outcomes">Receives rejections of invalid metrics.</param>
    public SparkplugOwner(
        SparkplugShape shape, string name, string prefix, SensorFacts facts, IReadOnlyList<SparkplugMetric> metrics, SparkplugOutcomes outcomes)
    {
        (_shape, Name, _facts) = (shape, name, facts);
        var sensorIds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var metric in metrics)
        {
            if (metric.Name is not { Length: > 0 } metricName)
            {
                outcomes.Reject(new(RejectionReason.MissingField, "A metric of the birth has no name."));
                continue;
            }

            // A fault is reported with each value it affects, here and in later data; without a value nothing is lost.
            var definition = Define(metric, metricName, prefix, sensorIds);
            // A repeated one that is no reading changes nothing: a widespread client repeats bdSeq with each birth.
            var isFirst = _byName.TryAdd(metricName, definition);
            if (!isFirst && !_shape.Uses(metricName))
                continue;
            if (!isFirst)
                outcomes.Reject(new(RejectionReason.InvalidField, $"The birth has the metric {Shown(metricName)} twice."));
            else if (metric.Alias is { } alias && !_byAlias.TryAdd(alias, definition))
                outcomes.Reject(new(RejectionReason.InvalidField, $"The birth gives the alias {alias} twice, the second time to {Shown(metricName)}."));
        }
    }

    /// <summary>Name of the device; empty for an edge node.</summary>
    public string Name { get; }

    /// <summary>Number of its metrics.</summary>
    public int Count => _byName.Count;

    /// <summary>Ids of its sensors.</summary>
    public IEnumerable<string> SensorIds => _byName.Values.Select(definition => definition.SensorId).OfType<string>();

    /// <summary>Converts the metrics of a birth or of data to readings.</summary>
    /// <returns>False when a metric is unknown.</returns>
    public bool Read(SparkplugPayload payload, SourceMessage message, DateTimeOffset receivedAt, SparkplugOutcomes outcomes)
    {
        // The baseline applies to all readings of the message, whatever its position.
        foreach (var metric in payload.Metrics)
        {
            if (_shape.BaselineMetric is { } name && metric.Quality == ReadingQuality.Good && Find(metric) is { } definition && definition.Name == name)
                _baseline = Baseline(metric, definition, outcomes);
        }

        var complete = true;
        foreach (var metric in payload.Metrics)
        {
            if (Find(metric) is { } definition)
            {
                Read(metric, definition, payload, message, receivedAt, outcomes);
            }
            else if (metric.Name is not { } unknown || _shape.Wants(unknown))
            {
                complete = false;
                var which = metric.Alias is { } alias ? $"The alias {alias}" : metric.Name is { } named ? $"The metric {Shown(named)}" : "A metric without name and alias";
                outcomes.Reject(new(RejectionReason.UnknownMetric, $"{which} is not in the last birth; a rebirth is requested."));
            }
        }

        return complete;
    }

    private SparkplugDefinition Define(in SparkplugMetric metric, string name, string prefix, HashSet<string> sensorIds)
    {
        if (!_shape.Wants(name))
            return new(name, metric.Datatype, null, null, null);
        try
        {
            EventRules.Text(name, "The name of a metric", VibrationEventParser.MaximumTextLength);
            if (metric.Datatype is < SparkplugDatatype.Int8 or > SparkplugDatatype.Double)
            {
                return !_shape.IsChosen
                    ? new(name, metric.Datatype, null, null, null)
                    : throw new RejectedException(RejectionReason.InvalidField, $"The metric {Shown(name)} is no number.");
            }

            var unit = _shape.Unit ?? metric.Unit;
            if (string.IsNullOrWhiteSpace(unit))
                throw new RejectedException(RejectionReason.MissingField, $"The metric {Shown(name)} has no property engUnit, and its source no Unit.");
            unit = EventRules.Unit(unit);
            PayloadProfile.CheckLocation(_facts.Location);
            var sensorId = SparkplugName.SensorId(prefix, name);
            return sensorIds.Add(sensorId)
                ? new(name, metric.Datatype, unit, sensorId, null)
                : throw new RejectedException(RejectionReason.InvalidSensorId, $"The metric {Shown(name)} would be the sensor {sensorId}, which another metric is.");
        }
        catch (RejectedException rejected)
        {
            return new(name, metric.Datatype, null, null, rejected.Rejection);
        }
    }

    private SparkplugDefinition? Find(in SparkplugMetric metric) =>
        metric.Name is { Length: > 0 } name ? _byName.GetValueOrDefault(name) : metric.Alias is { } alias ? _byAlias.GetValueOrDefault(alias) : null;

    private void Read(
        in SparkplugMetric metric, SparkplugDefinition definition, SparkplugPayload payload, SourceMessage message, DateTimeOffset receivedAt, SparkplugOutcomes outcomes)
    {
        // Without a value and a quality, nothing is said.
        if ((metric.IsNull && metric.Quality == ReadingQuality.Good) || (definition.SensorId is null && definition.Fault is null))
            return;
        if (definition.Fault is { } fault)
        {
            outcomes.Reject(fault);
            return;
        }

        try
        {
            outcomes.Accept(Read(metric, definition, payload, message, receivedAt));
        }
        catch (RejectedException rejected)
        {
            outcomes.Reject(rejected.Rejection with { Detail = $"Metric {Shown(definition.Name)}: {rejected.Rejection.Detail}" });
        }
    }

    // Without a number that can be a baseline, it is unknown. Only one that is too large is a fault: the others say that there is none.
    private double Baseline(in SparkplugMetric metric, SparkplugDefinition definition, SparkplugOutcomes outcomes)
    {
        var baseline = Number(metric, definition) * _shape.Multiplier;
        if (_shape.Sign == LevelSign.Absolute)
            baseline = Math.Abs(baseline ?? 0);
        if (baseline is > 0 and <= Reading.MaximumLevel)
            return baseline.Value;
        if (baseline is { } large && double.IsFinite(large) && large > 0)
            outcomes.Reject(new(RejectionReason.InvalidNumber, $"Metric {Shown(definition.Name)}: The baseline must not be beyond {Reading.MaximumLevel:N0}."));
        return 0;
    }

    private ReadingOutcome Read(in SparkplugMetric metric, SparkplugDefinition definition, SparkplugPayload payload, SourceMessage message, DateTimeOffset receivedAt)
    {
        const string Value = "The value";
        var quality = metric.Quality;
        var number = Number(metric, definition) * _shape.Multiplier;
        if (quality != ReadingQuality.Good && !(Math.Abs(number ?? double.NaN) <= Reading.MaximumLevel && (number >= 0 || _shape.Sign != LevelSign.NotNegative)))
            number = 0;
        if (number is null)
            throw new RejectedException(RejectionReason.InvalidField, $"The value is not of the datatype {definition.Datatype}.");

        var level = EventRules.Level(EventRules.Bounded(number.Value, Value), _shape.Sign, Value);
        var sent = metric.Timestamp ?? payload.Timestamp;
        var timestamp = sent is { } milliseconds ? Timestamp(milliseconds, receivedAt) : PayloadProfile.TimeOfArrival(message, receivedAt);
        var reading = new Reading(
            definition.SensorId!,
            timestamp,
            sent is null ? DerivedEventId.Of(level, message.PacketId, quality) : DerivedEventId.Of(level, quality),
            level,
            _shape.BaselineMetric is null ? _shape.Baseline : _baseline,
            definition.Unit!) { Quality = quality };
        return new(new(reading, _facts, null), null, MayBeStored: sent is null && message.Redelivered);
    }

    // The datatype of the birth applies: data need not repeat it.
    private static double? Number(in SparkplugMetric metric, SparkplugDefinition definition) => metric.IsNull ? null : metric.Value.Number(definition.Datatype);

    /// <summary>Converts a Sparkplug time, in milliseconds since 1970-01-01 UTC.</summary>
    internal static DateTimeOffset Timestamp(ulong milliseconds, DateTimeOffset receivedAt) =>
        milliseconds <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? EventRules.InBounds(DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds), "The timestamp", receivedAt)
            : throw EventRules.OutOfBounds("The timestamp", receivedAt);

    private static string Shown(string name) => name.Length <= 64 ? name : name[..64] + "…";
}
