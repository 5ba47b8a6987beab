namespace VibeDash.Server.Sources;

/// <summary>A broker as the configuration of sources sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Path of its configuration section.</param>
/// <param name="TopicFilters">The topic filters it listens to when no source is configured.</param>
internal sealed record SourceBroker(string Name, string Key, IReadOnlyList<string> TopicFilters);
