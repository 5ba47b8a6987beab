using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace VibeDash.Core.Readings;

/// <summary>
/// Caches the texts that senders repeat in every event, such as sensor ids, locations, models and topics, to avoid allocating them each time.
/// Bounded: cleared when full. Not thread-safe; one per connection.
/// </summary>
public sealed class KnownTexts
{
    // For 50,000 sensors: an id, a topic and a location each, with a margin.
    private const int MaximumTexts = 200_000;

    // Longer texts are not cached.
    private const int MaximumBytes = 256;

    private readonly HashSet<string> _texts = new(Utf8Comparer.Instance);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<byte>> _byUtf8;
    private readonly Dictionary<string, SensorFacts> _facts = new(StringComparer.Ordinal);

    /// <summary>Creates an empty cache.</summary>
    public KnownTexts() => _byUtf8 = _texts.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Looks up a cached text.</summary>
    public bool TryGet(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out string? text)
    {
        text = null;
        return utf8.Length <= MaximumBytes && _byUtf8.TryGetValue(utf8, out text);
    }

    /// <summary>Caches <paramref name="text"/>, unless it is long.</summary>
    public void Add(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaximumBytes)
            return;
        if (_texts.Count >= MaximumTexts)
            _texts.Clear();
        _texts.Add(text);
    }

    /// <summary>Returns the text of <paramref name="utf8"/> and caches it.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (TryGet(utf8, out var text))
            return text;
        text = Encoding.UTF8.GetString(utf8);
        Add(text);
        return text;
    }

    /// <summary>The facts of a sensor: the same instance while they are unchanged.</summary>
    public SensorFacts Facts(string sensorId, string location, string? model, DateOnly? calibrationDate, string? source, string? version)
    {
        if (_facts.TryGetValue(sensorId, out var known)
            && known.Location == location && known.Model == model && known.CalibrationDate == calibrationDate && known.Source == source && known.Version == version)
            return known;

        var facts = new SensorFacts(location, model, calibrationDate, source, version);
        if (_facts.Count >= MaximumTexts)
            _facts.Clear();
        _facts[sensorId] = facts;
        return facts;
    }

    /// <summary>Looks up strings by their UTF-8 bytes.</summary>
    private sealed class Utf8Comparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public bool Equals(ReadOnlySpan<byte> alternate, string other)
        {
            if (Ascii.Equals(alternate, other))
                return true;
            Span<char> text = stackalloc char[MaximumBytes];
            return Encoding.UTF8.TryGetChars(alternate, text, out var length) && other.AsSpan().SequenceEqual(text[..length]);
        }

        public int GetHashCode(string obj)
        {
            Span<byte> utf8 = stackalloc byte[MaximumBytes];
            return GetHashCode(utf8[..Encoding.UTF8.GetBytes(obj, utf8)]);
        }

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            // The seed is random per process, so that senders cannot choose colliding texts.
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public string Create(ReadOnlySpan<byte> alternate) => Encoding.UTF8.GetString(alternate);
    }
}
