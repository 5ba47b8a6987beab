using System.Collections.Frozen;

namespace VibeDash.Core.Readings;

/// <summary>The units of vibration and their spellings.</summary>
internal static class UnitSpellings
{
    private const string Rms = "rms";
    private const int MaximumSpellingLength = 32;

    private static readonly (string Symbol, long Nanometres, string[] Names)[] Lengths =
    [
        ("nm", 1, ["nm"]),
        ("µm", 1_000, ["um", "micron", "microns"]),
        ("mil", 25_400, ["mil", "mils", "thou"]),
        ("mm", 1_000_000, ["mm"]),
        ("cm", 10_000_000, ["cm"]),
        ("in", 25_400_000, ["in", "inch", "inches"]),
        ("m", 1_000_000_000, ["m"]),
    ];

    // Common codes of UN/CEFACT Recommendation 20, as OPC UA servers and gateways send them.
    private static readonly (string Code, string Symbol)[] Codes =
    [
        ("msk", "m/s²"), ("m41", "mm/s²"), ("iv", "in/s²"), ("k40", "g"),
        ("mts", "m/s"), ("2m", "cm/s"), ("c16", "mm/s"), ("iu", "in/s"),
        ("mtr", "m"), ("cmt", "cm"), ("mmt", "mm"), ("4h", "um"), ("c45", "nm"), ("inh", "in"), ("77", "mil"),
    ];

    private static readonly string[] PerSecond = ["/s", "/sec", "·s-1", "s-1"];
    private static readonly string[] PerSecondSquared = ["/s2", "/sec2", "/s/s", "·s-2", "s-2"];

    private static readonly Dictionary<string, VibrationUnit> Known = [];

    static UnitSpellings()
    {
        var units = new List<VibrationUnit>();

        // 9.80665 m/s², in 10⁻⁸ m/s².
        Add(new("mg", QuantityKind.Acceleration, 980_665), ["mg", "mgn"]);
        Add(new("g", QuantityKind.Acceleration, 980_665_000), ["g", "gn", "g0"]);
        foreach (var (symbol, nanometres, names) in Lengths.Where(length => length.Symbol is "mm" or "in" or "m"))
            Add(new(symbol + "/s²", QuantityKind.Acceleration, nanometres / 10), Combined(names, PerSecondSquared));
        foreach (var (symbol, nanometres, names) in Lengths)
        {
            Add(new(symbol + "/s", QuantityKind.Velocity, nanometres), Combined(names, PerSecond));
            Add(new(symbol, QuantityKind.Displacement, nanometres), names);
        }

        Known["ips"] = Known["in/s"];
        foreach (var (code, symbol) in Codes)
            Known.Add(code, Known[symbol.Replace('²', '2')]);
        Units = [.. units.OrderBy(unit => unit.Quantity)];
        Spellings = Known.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

        void Add(VibrationUnit unit, IEnumerable<string> spellings)
        {
            units.Add(unit);
            foreach (var spelling in spellings)
                Known.Add(spelling, unit);
        }
    }

    public static IReadOnlyList<VibrationUnit> Units { get; }

    private static FrozenDictionary<string, VibrationUnit>.AlternateLookup<ReadOnlySpan<char>> Spellings { get; }

    /// <summary>The unit with this spelling; null when there is none.</summary>
    public static VibrationUnit? Find(ReadOnlySpan<char> symbol)
    {
        if (symbol.Length > MaximumSpellingLength)
            return null;

        Span<char> plain = stackalloc char[MaximumSpellingLength];
        var length = 0;
        foreach (var c in symbol)
        {
            if (Plain(c) is { } same)
                plain[length++] = same;
        }

        var spelling = plain[..length];
        if (spelling.Length > Rms.Length && spelling.EndsWith(Rms))
            spelling = spelling[..^Rms.Length].TrimEnd("-,·");
        return Spellings.TryGetValue(spelling, out var unit) ? unit : null;
    }

    // Characters mapped to null are dropped. The case does not matter: no two units differ only in case.
    private static char? Plain(char c) => c switch
    {
        '^' or '_' or '(' or ')' or '[' or ']' => null,
        'µ' or 'μ' or 'Μ' => 'u',
        '¹' => '1',
        '²' => '2',
        '⁻' or '−' => '-',
        '⁄' or '∕' => '/',
        '⋅' or '∙' or '*' or '.' => '·',
        _ => char.IsWhiteSpace(c) ? null : char.ToLowerInvariant(c),
    };

    private static IEnumerable<string> Combined(string[] names, string[] endings) =>
        names.SelectMany(_ => endings, (name, ending) => name + ending);
}
