using System.Globalization;

namespace VibeDash.Core.Tests.Readings;

/// <summary>Levels measured on real machines. They are not part of the repository: without them, a test is skipped.</summary>
internal static class MeasuredLevels
{
    /// <summary>Environment variable for the folder, if it is not beside the repository.</summary>
    private const string Variable = "VIBEDASH_TEST_DATA";

    /// <summary>A column with its timestamps, in the order of the file.</summary>
    public static IReadOnlyList<(DateTimeOffset At, double Level)> Read(string path, string column, double factor = 1)
    {
        var folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Path.GetFullPath(Path.Combine(VibeDash.Tests.Shared.Repository.Root, "../shared/data"));
        Assert.SkipWhen(!Directory.Exists(folder), $"Measured data is neither in ../shared/data beside the repository nor where {Variable} says.");
        var lines = File.ReadAllLines(Path.Combine(folder, path));
        var separator = lines[0].Contains(';', StringComparison.Ordinal) ? ';' : ',';
        var index = Array.IndexOf(lines[0].Split(separator), column);
        index.ShouldBeGreaterThanOrEqualTo(0, column);
        return [.. lines.Skip(1).Select(line => line.Split(separator)).Select((cells, row) => (At(cells[0], row), double.Parse(cells[index], CultureInfo.InvariantCulture) * factor))];
    }

    // The rows of some files are numbered, one every 10 s.
    private static DateTimeOffset At(string cell, int row) =>
        DateTimeOffset.TryParse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && cell.Length > 10 ? at : DateTimeOffset.UnixEpoch.AddSeconds(10 * row);
}
