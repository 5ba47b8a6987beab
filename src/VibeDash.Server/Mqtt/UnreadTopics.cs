using VibeDash.Core.Contract;
using VibeDash.Core.Payloads;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt;

/// <summary>The messages of a broker whose topic no source reads: their number, and their latest topics. Thread-safe.</summary>
internal sealed class UnreadTopics(TopicSources sources, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Messages, DateTimeOffset LastAt)> _topics = new(StringComparer.Ordinal);
    private long _messages;

    /// <summary>Counts a message.</summary>
    public void Add(string topic)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            _messages++;
            if (_topics.TryGetValue(topic, out var known))
            {
                _topics[topic] = (known.Messages + 1, now);
                return;
            }

            if (_topics.Count == UnreadTopic.Maximum)
                _topics.Remove(_topics.MinBy(other => other.Value.LastAt).Key);
            _topics[topic] = (1, now);
        }
    }

    /// <summary>The number of messages, and the topics, latest first.</summary>
    public (long Messages, UnreadTopic[] Topics) Read()
    {
        KeyValuePair<string, (long Messages, DateTimeOffset LastAt)>[] topics;
        long messages;
        lock (_lock)
            (messages, topics) = (_messages, [.. _topics]);
        return (messages, [.. topics.OrderByDescending(topic => topic.Value.LastAt).Select(topic =>
            new UnreadTopic(topic.Key, topic.Value.Messages, topic.Value.LastAt, TopicPattern.Nearest(topic.Key, sources.All.Select(source => source.Pattern))?.Text))]);
    }
}
