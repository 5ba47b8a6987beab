using System.Text;

namespace VibeDash.Server.Tests.Fuzz;

/// <summary>Creates invalid payloads from valid ones, reproducibly by seed. Not thread-safe.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> material)
{
    private const int Longest = 4096;

    // Typical pitfalls of parsers.
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "{", "}", "[", "]", ":", ",", "\"", "\\", "null", "true", "false", "\\uD800", "\\uDC00", "\\u0000", "\\u", "\\x", "NaN", "-Infinity", "1e400", "-1e400", "1e-400",
            "-0", "-1", "0", "9223372036854775808", "1.7976931348623159e308", "99999999999999999999999999", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z",
            "2026-02-30T00:00:00Z", "\n", "\r\n", "\t", " ", "\u2028", "\uFEFF", "²", "\U0001F600", "$", "@", "*", "#", "+", "/", "..", "'", "\"data\":", "\"data_base64\":", "\"eventId\":",
        }.Select(Encoding.UTF8.GetBytes),
        [0x00], [0x80], [0xC0, 0xAF], [0xC2], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF, 0xFE],
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next payload; the caller may keep it.</summary>
    public byte[] Next()
    {
        var bytes = new List<byte>(material[_random.Next(material.Count)]);
        for (var times = 1 + _random.Next(5); times > 0; times--)
            Mutate(bytes);
        return [.. bytes];
    }

    private void Mutate(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        var some = Math.Min(_random.Next(1, 1 + (1 << _random.Next(8))), bytes.Count - at);
        switch (_random.Next(9))
        {
            case 0 when some > 0: bytes[at] ^= (byte)(1 << _random.Next(8)); break;
            case 1 when some > 0: bytes[at] = (byte)_random.Next(256); break;
            case 2: bytes.RemoveRange(at, some); break;
            case 3: bytes.RemoveRange(at, bytes.Count - at); break;
            case 4: bytes.InsertRange(at, bytes.GetRange(at, some)); break;
            case 5 when bytes.Count < Longest: bytes.InsertRange(at, Enumerable.Repeat(bytes.Count > at ? bytes[at] : (byte)' ', 1 << _random.Next(11))); break;
            case 6: Splice(bytes, at); break;
            default: bytes.InsertRange(at, Tokens[_random.Next(Tokens.Length)]); break;
        }
    }

    /// <summary>Continues with another payload from some position.</summary>
    private void Splice(List<byte> bytes, int at)
    {
        var other = material[_random.Next(material.Count)];
        bytes.RemoveRange(at, bytes.Count - at);
        bytes.AddRange(other.AsSpan(_random.Next(other.Length + 1)));
    }
}
