namespace VibeDash.Server.Tests.Hosting;

/// <summary>Finds programs that tests need and <c>tests/run.sh</c> installs.</summary>
internal static class Programs
{
    /// <summary>The full path of <paramref name="name"/>; skips the test when it is not installed, which fails in CI.</summary>
    public static string Find(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/usr/local/sbin"]);
        var found = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{name} is not installed; tests/run.sh installs it.");
        return found!;
    }
}
