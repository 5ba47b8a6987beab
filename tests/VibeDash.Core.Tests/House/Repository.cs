namespace VibeDash.Core.Tests.House;

/// <summary>The source tree these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "VibeDash.sln")))
                return folder;
        }

        throw new InvalidOperationException($"VibeDash.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
