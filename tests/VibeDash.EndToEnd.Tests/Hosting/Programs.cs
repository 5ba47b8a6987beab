namespace VibeDash.EndToEnd.Tests.Hosting;

/// <summary>Finds programs that tests need and <c>tests/run.sh</c> installs.</summary>
internal static class Programs
{
    /// <summary>The full path of <paramref name="name"/>, or null when it is not installed.</summary>
    public static string? TryFind(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <summary>The full path of <paramref name="name"/>; skips the test when it is not installed, which fails in CI.</summary>
    public static string Find(string name)
    {
        var found = TryFind(name);
        Assert.SkipWhen(found is null, $"{name} is not installed; tests/run.sh installs it.");
        return found!;
    }
}
