namespace VibeDash.Core.Payloads;

/// <summary>How far a topic is from a topic filter, to suggest the filter that was meant.</summary>
internal static class TopicDistance
{
    /// <summary>Beyond this, a filter is not like a topic.</summary>
    public const int Maximum = 3;

    /// <summary>Maximum length of a topic that is compared: the cost grows with its square.</summary>
    public const int MaximumLength = 128;

    // A level too many or too few, and a level that is another word.
    private const int Level = 2;
    private const int Word = 3;

    /// <summary>
    /// The least cost of edits that make the topic match: 1 for a level with another case or up to two other characters, 2 for a level too many or too few,
    /// 3 for a level that is another word. 0 when it matches.
    /// </summary>
    /// <param name="topic">The topic.</param>
    /// <param name="filter">The filter, with <c>+</c> and <c>#</c>.</param>
    public static int Of(string topic, string filter)
    {
        var (levels, wanted) = (topic.Split('/'), filter.Split('/'));
        var anyEnd = wanted[^1] == "#";
        var costs = Costs(levels.Length, wanted.Length - (anyEnd ? 1 : 0), Level, Level, (i, j) => OfLevel(levels[i], wanted[j]));
        var last = costs.GetLength(1) - 1;
        return anyEnd ? Enumerable.Range(0, levels.Length + 1).Min(i => costs[i, last]) : costs[levels.Length, last];
    }

    private static int OfLevel(string level, string wanted)
    {
        if (wanted == "+" || level == wanted)
            return 0;
        if (string.Equals(level, wanted, StringComparison.OrdinalIgnoreCase))
            return 1;
        if (Math.Abs(level.Length - wanted.Length) > 2 || Math.Min(level.Length, wanted.Length) < 3)
            return Word;
        return Costs(level.Length, wanted.Length, 1, 1, (i, j) => level[i] == wanted[j] ? 0 : 1)[level.Length, wanted.Length] <= 2 ? 1 : Word;
    }

    // The edit distances between all beginnings of two sequences.
    private static int[,] Costs(int length, int wanted, int remove, int add, Func<int, int, int> replace)
    {
        var costs = new int[length + 1, wanted + 1];
        for (var i = 0; i <= length; i++)
        {
            for (var j = 0; j <= wanted; j++)
            {
                costs[i, j] = (i, j) switch
                {
                    (0, _) => j * add,
                    (_, 0) => i * remove,
                    _ => Math.Min(costs[i - 1, j - 1] + replace(i - 1, j - 1), Math.Min(costs[i - 1, j] + remove, costs[i, j - 1] + add)),
                };
            }
        }

        return costs;
    }
}
