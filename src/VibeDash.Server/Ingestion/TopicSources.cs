using VibeDash.Core.Payloads;

namespace VibeDash.Server.Ingestion;

/// <summary>The sources in force, in order of configuration. Thread-safe.</summary>
internal sealed class TopicSources(IReadOnlyList<TopicSource> sources)
{
    private readonly TopicSource[] _sources = [.. sources];

    /// <summary>All of them; at least one.</summary>
    public IReadOnlyList<TopicSource> All => _sources;

    /// <summary>The first source whose filter <paramref name="topic"/> matches, or null.</summary>
    public TopicSource? Find(string topic)
    {
        foreach (var source in _sources)
        {
            if (source.Pattern.Matches(topic))
                return source;
        }

        return null;
    }

    /// <summary>The sources that section <c>Sources</c> configures; without one, the seed event on the broker's topic filters.</summary>
    /// <exception cref="Operations.StartupException">The configuration is wrong.</exception>
    public static TopicSources Read(IConfiguration configuration, BrokerOptions broker) =>
        new(SourceReader.Read(configuration) is { Count: > 0 } configured ? configured : [.. broker.EffectiveTopicFilters.Select(SeedEvents)]);

    private static TopicSource SeedEvents(string filter) =>
        TopicPattern.TryParse(filter, out var pattern)
            ? new(pattern, new VibrationRecordedProfile())
            : throw new ArgumentException("Not a topic filter, though validated.", nameof(filter));
}
