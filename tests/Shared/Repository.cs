namespace VibeDash.Tests.Shared;

/// <summary>The checkout these tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its top folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A folder under <c>artifacts</c>, which git ignores; created when missing.</summary>
    public static string Artifacts(string name) => Directory.CreateDirectory(Path.Combine(Root, "artifacts", name)).FullName;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VibeDash.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No VibeDash.sln above {AppContext.BaseDirectory}.");
    }
}
