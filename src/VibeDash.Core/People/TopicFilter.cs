namespace VibeDash.Core.People;

/// <summary>MQTT topic filters of keys (MQTT 5.0, section 4.7).</summary>
public static class TopicFilter
{
    /// <summary>Maximum length, in characters.</summary>
    public const int MaximumLength = 500;

    /// <summary>True when it is a filter: <c>+</c> is a whole level, <c>#</c> the last one.</summary>
    public static bool IsValid(string filter)
    {
        if (filter.Length is 0 or > MaximumLength || filter.Contains('\0', StringComparison.Ordinal))
            return false;
        var levels = filter.Split('/');
        return levels.All(level => level is "+" or "#" || level.AsSpan().IndexOfAny('+', '#') < 0) && !levels.SkipLast(1).Contains("#");
    }

    /// <summary>
    /// True when every topic that <paramref name="inner"/> matches is matched by <paramref name="outer"/>, too; a topic is a filter without wildcards.
    /// Topics that begin with <c>$</c> are matched only by filters that do.
    /// </summary>
    public static bool Covers(string outer, string inner)
    {
        if (inner.StartsWith('$') != outer.StartsWith('$'))
            return false;
        var (wide, narrow) = (outer.Split('/'), inner.Split('/'));
        for (var level = 0; level < wide.Length; level++)
        {
            if (wide[level] == "#")
                return true;
            if (level >= narrow.Length || narrow[level] == "#" || (wide[level] != "+" && wide[level] != narrow[level]))
                return false;
        }

        return wide.Length == narrow.Length;
    }
}
