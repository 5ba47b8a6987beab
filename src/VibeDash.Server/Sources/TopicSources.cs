using VibeDash.Core.Payloads;
using VibeDash.Server.Startup;

namespace VibeDash.Server.Sources;

/// <summary>The sources of one broker, in order of configuration. Immutable.</summary>
internal sealed class TopicSources
{
    private readonly TopicSource[] _sources;

    /// <summary>Sources in order of precedence.</summary>
    public TopicSources(IReadOnlyList<TopicSource> sources)
    {
        _sources = [.. sources];
        var patterns = _sources.Select(source => source.Pattern).ToArray();
        Subscriptions = [.. patterns.Where((pattern, i) => !patterns.Where((other, j) => IsLeftTo(pattern, i, other, j)).Any())];
        LeftOut = [.. patterns.Select(pattern => pattern.Filter).Except(Subscriptions.Select(pattern => pattern.Filter))];
        Overlaps = [.. from i in Enumerable.Range(0, Subscriptions.Count) from j in Enumerable.Range(0, i) where Subscriptions[j].Overlaps(Subscriptions[i]) select (Subscriptions[j], Subscriptions[i])];
    }

    /// <summary>All sources; at least one.</summary>
    public IReadOnlyList<TopicSource> All => _sources;

    /// <summary>
    /// Filters to subscribe to: all that no other covers completely. A broker may deliver a message twice when two subscriptions match it, and the
    /// choice of the source is made here anyway.
    /// </summary>
    public IReadOnlyList<TopicPattern> Subscriptions { get; }

    /// <summary>Filters not subscribed to, because others cover them.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>Pairs of subscriptions with common topics.</summary>
    public IReadOnlyList<(TopicPattern First, TopicPattern Second)> Overlaps { get; }

    /// <summary>The first source whose filter matches <paramref name="topic"/>, or null.</summary>
    public TopicSource? Find(string topic)
    {
        foreach (var source in _sources)
        {
            if (source.Pattern.Matches(topic))
                return source;
        }

        return null;
    }

    /// <summary>The sources in <paramref name="sources"/> that apply to <paramref name="broker"/>.</summary>
    public static TopicSources Of(SourceBroker broker, IEnumerable<TopicSource> sources) =>
        new([.. sources.Where(source => source.Broker is null || source.Broker == broker.Name)]);

    /// <summary>The sources of section <c>Sources</c>; without one, the seed event on the brokers' topic filters.</summary>
    /// <exception cref="StartupException">The configuration is invalid.</exception>
    public static IReadOnlyList<TopicSource> Read(IConfiguration configuration, IReadOnlyList<SourceBroker> brokers)
    {
        var sources = SourceReader.Read(configuration, brokers);
        if (sources.Count == 0)
            sources = [.. brokers.SelectMany(broker => broker.TopicFilters.Select((filter, i) => SeedEvents(broker, filter, i, brokers.Count == 1)))];

        if (brokers.FirstOrDefault(broker => Of(broker, sources).All.Count == 0) is { } idle)
            throw new StartupException($"{idle.Key}:{"Name"} is '{idle.Name}'; allowed: a broker used by at least one of {SourceReader.Section}.");
        foreach (var source in sources)
        {
            if (brokers.Where(broker => source.Broker is null || source.Broker == broker.Name).All(broker => Before(source, broker, sources) is not null))
            {
                var before = Before(source, brokers.First(broker => source.Broker is null || source.Broker == broker.Name), sources)!;
                throw new StartupException(
                    $"{source.Key} is '{source.Pattern.Text}'; allowed: a topic filter that {before.Key} '{before.Pattern.Text}' does not cover completely, or one placed before it: the first matching source reads a message.");
            }
        }

        return sources;
    }

    // An earlier source that covers all topics of this one leaves it none.
    private static TopicSource? Before(TopicSource source, SourceBroker broker, IReadOnlyList<TopicSource> sources) =>
        Of(broker, sources).All.TakeWhile(other => other != source).FirstOrDefault(other => other.Pattern.Covers(source.Pattern));

    // Members of different groups, and non-members, each have their own delivery.
    private static bool IsLeftTo(TopicPattern pattern, int i, TopicPattern other, int j) =>
        i != j && other.Share == pattern.Share && other.Covers(pattern) && (j < i || !pattern.Covers(other));

    private static TopicSource SeedEvents(SourceBroker broker, string filter, int index, bool isOnlyBroker) =>
        TopicPattern.TryParse(filter, out var pattern)
            ? new(pattern, new VibrationRecordedProfile(), isOnlyBroker ? null : broker.Name, $"{broker.Key}:{nameof(SourceBroker.TopicFilters)}:{index}")
            : throw new ArgumentException("Not a topic filter, though validated.", nameof(filter));
}
