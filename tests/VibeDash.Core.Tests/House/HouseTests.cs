using System.Xml.Linq;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.House;

public sealed class HouseTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    public static TheoryData<string> Projects =>
        [.. Directory.EnumerateFiles(Source, "*.*proj", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Source, path))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_it_may(string path)
    {
        var project = XDocument.Load(Path.Combine(Source, path));

        HouseRules.Faults(
            Path.GetFileNameWithoutExtension(path),
            References(project, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/'))),
            References(project, "PackageReference").Concat(References(project, "FrameworkReference")).Concat(References(project, "Reference")))
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_five_projects_of_the_house_are_found() =>
        Projects.Select(row => Path.GetFileName(row.Data)).ShouldBe(
            ["VibeDash.Client.csproj", "VibeDash.Core.csproj", "VibeDash.Demo.csproj", "VibeDash.Server.csproj", "VibeDash.Simulator.csproj"], ignoreOrder: true);

    [Theory]
    [InlineData("VibeDash.Core", "VibeDash.Simulator", null)]
    [InlineData("VibeDash.Core", null, "System.Reactive")]
    [InlineData("VibeDash.Client", "VibeDash.Server", null)]
    [InlineData("VibeDash.Client", "VibeDash.Simulator", null)]
    [InlineData("VibeDash.Demo", "VibeDash.Simulator", null)]
    [InlineData("VibeDash.Simulator", "VibeDash.Client", null)]
    [InlineData("VibeDash.Simulator", "VibeDash.Server", null)]
    [InlineData("VibeDash.Demo", null, "MQTTnet")]
    [InlineData("VibeDash.Server", "VibeDash.Simulator", null)]
    [InlineData("VibeDash.Server", "VibeDash.Benchmarks", null)]
    [InlineData("VibeDash.Server", null, "CsvHelper")]
    [InlineData("VibeDash.Server", null, "System.CommandLine")]
    [InlineData("VibeDash.Shared", null, null)]
    public void A_forbidden_reference_is_found(string project, string? reference, string? package) =>
        HouseRules.Faults(project, Present(reference), Present(package))
            .ShouldHaveSingleItem().ShouldContain(reference ?? package ?? project);

    [Fact]
    public void No_folder_has_a_name_that_says_nothing() => SourceFiles().SelectMany(HouseRules.Nameless).ShouldBeEmpty();

    [Theory]
    [InlineData("VibeDash.Server/Common/Clock.cs")]
    [InlineData("VibeDash.Server/Alerts/Helpers/Text.cs")]
    [InlineData("VibeDash.Client\\models\\Sensor.cs")]
    [InlineData("VibeDash.Client/Managers/Fleet.razor")]
    public void A_folder_whose_name_says_nothing_is_found(string path) => HouseRules.Nameless(path).ShouldHaveSingleItem();

    [Fact]
    public void The_core_needs_nothing_but_the_runtime()
    {
        var references = typeof(SensorId).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!).ToArray();

        references.ShouldNotBeEmpty();
        references.ShouldAllBe(name => name.StartsWith("System.", StringComparison.Ordinal) || name == "netstandard");
    }

    private static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Source, path))
            .Where(path => !path.Split('/', '\\').Any(folder => folder is "bin" or "obj" or "node_modules"));

    private static IEnumerable<string> References(XDocument project, string kind) =>
        project.Descendants().Where(element => element.Name.LocalName == kind).Select(element => element.Attribute("Include")?.Value).OfType<string>();

    private static IEnumerable<string> Present(params string?[] names) => names.OfType<string>();
}
