namespace VibeDash.Core.Sparkplug;

/// <summary>A Sparkplug B topic: <c>spBv1.0/{group}/{kind}/{node}</c>, with another level for a device.</summary>
/// <param name="Kind">Kind of the message.</param>
/// <param name="Group">The group; the host for <see cref="SparkplugMessageKind.State"/>.</param>
/// <param name="Node">The edge node; empty for <see cref="SparkplugMessageKind.State"/>.</param>
/// <param name="Device">The device; null for a message of the edge node itself.</param>
public sealed record SparkplugTopic(SparkplugMessageKind Kind, string Group, string Node, string? Device)
{
    /// <summary>The first level of every topic.</summary>
    public const string Namespace = "spBv1.0";

    private const string State = "STATE";

    /// <summary>Topic of a host's state.</summary>
    public static string OfHost(string hostId) => $"{Namespace}/{State}/{hostId}";

    /// <summary>Topic for commands to an edge node.</summary>
    public static string OfCommand(string group, string node) => $"{Namespace}/{group}/NCMD/{node}";

    /// <summary>Name of an edge node: see <see cref="VibeDash.Core.Readings.SensorFacts.Source"/>.</summary>
    public static string OfNode(string group, string node) => $"{Namespace}/{group}/{node}";

    /// <summary>Parses a topic; null when it is not a Sparkplug B topic.</summary>
    public static SparkplugTopic? Parse(string topic)
    {
        var levels = topic.Split('/');
        if (levels[0] != Namespace || levels.Any(level => level.Length == 0))
            return null;
        if (levels.Length == 3 && levels[1] == State)
            return new(SparkplugMessageKind.State, levels[2], "", null);
        if (levels.Length is not (4 or 5))
            return null;

        var ofDevice = levels.Length == 5;
        SparkplugMessageKind? kind = levels[2] switch
        {
            "NBIRTH" when !ofDevice => SparkplugMessageKind.NodeBirth,
            "NDEATH" when !ofDevice => SparkplugMessageKind.NodeDeath,
            "NDATA" when !ofDevice => SparkplugMessageKind.Data,
            "NCMD" when !ofDevice => SparkplugMessageKind.Command,
            "DBIRTH" when ofDevice => SparkplugMessageKind.DeviceBirth,
            "DDEATH" when ofDevice => SparkplugMessageKind.DeviceDeath,
            "DDATA" when ofDevice => SparkplugMessageKind.Data,
            "DCMD" when ofDevice => SparkplugMessageKind.Command,
            _ => null,
        };
        return kind is { } known ? new(known, levels[1], levels[3], ofDevice ? levels[4] : null) : null;
    }
}
