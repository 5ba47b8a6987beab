namespace VibeDash.Tests.Shared;

/// <summary>Data measured on real machines. It is not part of the repository: its licences are mixed.</summary>
internal static class MeasuredData
{
    /// <summary>Environment variable for the folder, if it is not beside the repository.</summary>
    public const string Variable = "VIBEDASH_TEST_DATA";

    /// <summary>The full path of a file; skips the test when the folder is absent.</summary>
    /// <param name="path">Relative to the folder.</param>
    public static string Find(string path)
    {
        var folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Path.GetFullPath(Path.Combine(Repository.Root, "../shared/data"));
        Assert.SkipWhen(!Directory.Exists(folder), $"Measured data is neither in ../shared/data beside the repository nor where {Variable} says.");
        return Path.Combine(folder, path);
    }
}
