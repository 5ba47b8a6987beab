using VibeDash.Core.Readings;

namespace VibeDash.Core.Sparkplug;

/// <summary>
/// Names of groups, nodes, devices and metrics as parts of a sensor id, which allows fewer characters: <c>{group}:{node}:{device}:{metric}</c>, for
/// an edge node's own metrics without the device. Two names may become the same part; their owner sees to it that only one of them is used.
/// </summary>
internal static class SparkplugName
{
    private const char Separator = ':';

    /// <summary>The name with what a sensor id does not allow, and the separator, replaced by <c>-</c>.</summary>
    public static string Part(string name) => string.Create(name.Length, name, static (part, name) =>
    {
        for (var i = 0; i < part.Length; i++)
        {
            var c = name[i];
            var allowed = char.IsLetterOrDigit(c) || c is '-' or '_' or '.' || (c == ' ' && i > 0 && i < part.Length - 1);
            part[i] = allowed ? c : '-';
        }
    });

    /// <summary>The start of the ids of all sensors of an owner with these parts.</summary>
    public static string Prefix(params ReadOnlySpan<string> parts) => string.Join(Separator, parts) + Separator;

    /// <summary>A sensor id.</summary>
    public static string SensorId(string prefix, string metric) => EventRules.SensorId(prefix + Part(metric), "The sensor id made of group, node, device and metric");
}
