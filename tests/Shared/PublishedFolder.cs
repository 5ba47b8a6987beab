namespace VibeDash.Tests.Shared;

/// <summary>The server as its users get it, where it was published before the tests: <c>tests/run.sh</c> does that.</summary>
internal static class PublishedFolder
{
    /// <summary>Names the environment variable with the folder. Set it to run single tests again and again.</summary>
    public const string Variable = "VIBEDASH_PUBLISHED";

    /// <summary>The folder, or null.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;
}
