namespace VibeDash.Server.Sources;

/// <summary>Properties of a broker used by the configuration of sources.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Path of its configuration section.</param>
/// <param name="TopicFilters">Topic filters to subscribe to when no source is configured.</param>
internal sealed record SourceBroker(string Name, string Key, IReadOnlyList<string> TopicFilters);
