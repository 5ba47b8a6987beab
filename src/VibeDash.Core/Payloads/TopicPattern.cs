using System.Diagnostics.CodeAnalysis;

namespace VibeDash.Core.Payloads;

/// <summary>
/// An MQTT topic filter with optional names for single-level wildcards: <c>plant/{line}/{machine}/{sensor}/rms</c>. Immutable. A shared
/// subscription (<c>$share/group/…</c>) is requested as such and matches the topics of its filter.
/// </summary>
public sealed class TopicPattern
{
    /// <summary>Name of the level with the sensor id.</summary>
    public const string Sensor = "sensor";

    /// <summary>Allowed form, for error messages.</summary>
    public const string Allowed = "MQTT topic filters: 1 to 1,024 characters, + or {name} as a whole level, each name once, # only as the last";

    private const string Machine = "machine";
    private const string SharedMark = "$share";
    private const int MaximumLength = 1024;

    private readonly int _sharing;
    private readonly string _matched;
    private readonly int _sensorLevel = -1;
    private readonly int[] _locationLevels;

    private TopicPattern(string text, string[] levels, int sharing)
    {
        Text = text;
        _sharing = sharing;
        string[] plain = [.. levels.Select(level => IsNamed(level) ? "+" : level)];
        Filter = string.Join('/', plain);
        _matched = string.Join('/', plain[sharing..]);

        var named = levels.Skip(sharing).Select((level, index) => (Name: IsNamed(level) ? level[1..^1] : null, index)).Where(level => level.Name is not null).ToArray();
        if (named.FirstOrDefault(level => level.Name == Sensor) is { Name: not null } sensor)
            _sensorLevel = sensor.index;
        _locationLevels = [.. named.Where(level => level.Name != Sensor).OrderBy(level => level.Name == Machine).Select(level => level.index)];
    }

    /// <summary>The text as configured.</summary>
    public string Text { get; }

    /// <summary>The filter as sent to a broker.</summary>
    public string Filter { get; }

    /// <summary>Group of a shared subscription, as <c>$share/group</c>; null when it is not shared.</summary>
    public string? Share => _sharing == 0 ? null : string.Join('/', Text.Split('/')[.._sharing]);

    /// <summary>True when a level is named <c>{sensor}</c>.</summary>
    public bool NamesSensor => _sensorLevel >= 0;

    /// <summary>True when levels other than <c>{sensor}</c> are named: they form the location.</summary>
    public bool NamesLocation => _locationLevels.Length > 0;

    /// <summary>The pattern of several that is most like a topic none of them matches; null when none is like it, or the topic is too long to compare.</summary>
    public static TopicPattern? Nearest(string topic, IEnumerable<TopicPattern> patterns) => topic.Length > TopicDistance.MaximumLength ? null : patterns
        .Select(pattern => (Pattern: pattern, Distance: TopicDistance.Of(topic, pattern._matched)))
        .Where(candidate => candidate.Distance <= TopicDistance.Maximum)
        .OrderBy(candidate => candidate.Distance)
        .FirstOrDefault().Pattern;

    /// <summary>Parses <paramref name="text"/>; false when it is not of the form <see cref="Allowed"/>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TopicPattern? pattern)
    {
        pattern = null;
        if (string.IsNullOrEmpty(text) || text.Length > MaximumLength || text.Contains('\0'))
            return false;

        var levels = text.Split('/');
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < levels.Length; i++)
        {
            var level = levels[i];
            var allowed = IsNamed(level)
                ? level.Length > 2 && !level.AsSpan(1, level.Length - 2).ContainsAny("{}+#") && names.Add(level)
                : level is "+" || (level is "#" && i == levels.Length - 1) || !level.AsSpan().ContainsAny("{}+#");
            if (!allowed)
                return false;
        }

        var sharing = levels[0] == SharedMark ? 2 : 0;
        if (sharing > 0 && (levels.Length < 3 || levels[1].AsSpan().ContainsAny("{+#") || levels[1].Length == 0))
            return false;
        pattern = new(text, levels, sharing);
        return true;
    }

    /// <summary>True when <paramref name="topic"/> matches. Does not allocate.</summary>
    public bool Matches(ReadOnlySpan<char> topic)
    {
        ReadOnlySpan<char> filter = _matched;

        // A wildcard in the first level does not match the broker's own topics.
        if (topic.StartsWith('$') && !filter.StartsWith('$'))
            return false;

        while (true)
        {
            var filterEnd = filter.IndexOf('/');
            var topicEnd = topic.IndexOf('/');
            var wanted = filterEnd < 0 ? filter : filter[..filterEnd];
            var given = topicEnd < 0 ? topic : topic[..topicEnd];
            if (wanted is "#")
                return true;
            if (wanted is not "+" && !wanted.SequenceEqual(given))
                return false;
            if (topicEnd < 0)
                return filterEnd < 0 || filter[(filterEnd + 1)..] is "#";
            if (filterEnd < 0)
                return false;
            filter = filter[(filterEnd + 1)..];
            topic = topic[(topicEnd + 1)..];
        }
    }

    /// <summary>True when this filter matches every topic that <paramref name="other"/> matches. May return false for coverage not visible level by level.</summary>
    public bool Covers(TopicPattern other) => Compare(other, covers: true);

    /// <summary>True when a topic exists that both match.</summary>
    public bool Overlaps(TopicPattern other) => Compare(other, covers: false);

    /// <summary>A matching topic: <paramref name="sensorId"/> for <c>+</c> and <c>{sensor}</c>, the level names for other levels.</summary>
    public string Example(string sensorId) =>
        string.Join('/', Text.Split('/')[_sharing..].Select(level => level switch
        {
            "+" or "{" + Sensor + "}" => sensorId,
            "#" => "vibration",
            _ => IsNamed(level) ? level[1..^1] : level,
        }));

    /// <summary>The values of the named levels of a matching topic.</summary>
    public TopicValues Read(string topic) => _sensorLevel < 0 && _locationLevels.Length == 0 ? default : ReadNamed(topic.Split('/'));

    // Separate, so that filters without names do not pay for the closure.
    private TopicValues ReadNamed(string[] levels) => new(
        _sensorLevel < 0 ? null : levels[_sensorLevel],
        _locationLevels.Length == 0 ? null : string.Join(", ", _locationLevels.Select(level => levels[level])));

    private bool Compare(TopicPattern other, bool covers)
    {
        var (mine, others) = (_matched.Split('/'), other._matched.Split('/'));

        // A wildcard in the first level does not match the broker's own topics.
        if (IsWildcard(mine[0]) ? others[0].StartsWith('$') : IsWildcard(others[0]) && mine[0].StartsWith('$'))
            return false;

        for (var i = 0; ; i++)
        {
            // "a/#" also matches "a".
            var (level, othersLevel) = (i < mine.Length ? mine[i] : null, i < others.Length ? others[i] : null);
            if (level is "#" || (othersLevel is "#" && !covers))
                return true;
            if (level is null || othersLevel is null)
                return level == othersLevel;
            var same = level == othersLevel || (level is "+" && othersLevel is not "#") || (othersLevel is "+" && !covers);
            if (!same)
                return false;
        }
    }

    private static bool IsWildcard(string level) => level is "+" or "#";

    private static bool IsNamed(string level) => level.StartsWith('{') && level.EndsWith('}');
}
