namespace VibeDash.Core.Tests.House;

/// <summary>Allowed references between projects, and forbidden folder names.</summary>
internal static class HouseRules
{
    private static readonly Dictionary<string, string[]> AllowedProjects = new()
    {
        ["VibeDash.Core"] = [],
        ["VibeDash.Client"] = ["VibeDash.Core"],
        ["VibeDash.Demo"] = ["VibeDash.Core"],
        ["VibeDash.Simulator"] = ["VibeDash.Core", "VibeDash.Demo"],
        ["VibeDash.Server"] = ["VibeDash.Core", "VibeDash.Client", "VibeDash.Demo"],
    };

    private static readonly HashSet<string> WithoutPackages = ["VibeDash.Core", "VibeDash.Demo"];

    // Packages needed by a single project: the others, above all the published server, do not ship them.
    private static readonly Dictionary<string, string> PackageOwners = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CsvHelper"] = "VibeDash.Simulator",
        ["System.CommandLine"] = "VibeDash.Simulator",
    };

    private static readonly string[] NamelessFolders = ["Common", "Helpers", "Models", "Managers"];

    /// <summary>Faults of a project with these references; empty for none.</summary>
    /// <param name="project">Name of the project.</param>
    /// <param name="projects">Names of the projects it references.</param>
    /// <param name="packages">Names of the packages and frameworks it references.</param>
    public static IReadOnlyList<string> Faults(string project, IEnumerable<string> projects, IEnumerable<string> packages)
    {
        if (!AllowedProjects.TryGetValue(project, out var allowed))
            return [$"{project} is not a project of the house."];
        var faults = projects.Except(allowed).Select(other => $"{project} must not reference {other}.");
        return [.. faults, .. packages.Where(package => IsForbidden(project, package)).Select(package => $"{project} must not reference the package {package}.")];
    }

    private static bool IsForbidden(string project, string package) =>
        WithoutPackages.Contains(project) || (PackageOwners.TryGetValue(package, out var owner) && owner != project);

    /// <summary>The folders of <paramref name="path"/> (relative, of a file) with meaningless names.</summary>
    public static IEnumerable<string> Nameless(string path) =>
        path.Split('/', '\\').SkipLast(1).Intersect(NamelessFolders, StringComparer.OrdinalIgnoreCase);
}
