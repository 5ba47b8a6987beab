using VibeDash.Core.Readings;

namespace VibeDash.Core.Sparkplug;

/// <summary>
/// Converts names of groups, nodes, devices and metrics to parts of a sensor id, which allows fewer characters: <c>{group}:{node}:{device}:{metric}</c>,
/// without device for an edge node's own metrics. Two names may map to the same part; their owner ensures that only one of them is used.
/// </summary>
internal static class SparkplugName
{
    private const char Separator = ':';

    /// <summary>The name with <c>-</c> for the separator and every character a sensor id does not allow.</summary>
    public static string Part(string name) => string.Create(name.Length, name, static (part, name) =>
    {
        for (var i = 0; i < part.Length; i++)
        {
            var c = name[i];
            var allowed = char.IsLetterOrDigit(c) || c is '-' or '_' or '.' || (c == ' ' && i > 0 && i < part.Length - 1);
            part[i] = allowed ? c : '-';
        }
    });

    /// <summary>Common start of the ids of all sensors of an owner with these parts.</summary>
    public static string Prefix(params ReadOnlySpan<string> parts) => string.Join(Separator, parts) + Separator;

    /// <summary>Creates a sensor id.</summary>
    public static string SensorId(string prefix, string metric) => EventRules.SensorId(prefix + Part(metric), "The sensor id made of group, node, device and metric");
}
