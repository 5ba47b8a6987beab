using System.Text.RegularExpressions;
using VibeDash.Server.Mqtt;

namespace VibeDash.Server.Tests.House;

/// <summary>The page of the configuration names options that exist.</summary>
public sealed partial class ConfigurationPageTests
{
    [Fact]
    public void Each_setting_of_the_page_is_a_property_of_an_options_class()
    {
        var options = typeof(BrokerOptions).Assembly.GetTypes().SelectMany(type => type.GetProperties()).Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        string[] settings = [.. Setting().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"))).Select(match => match.Groups[1].Value)];

        settings.Length.ShouldBeGreaterThan(20);
        settings.Where(setting => !options.Contains(setting.Split(':').Last(part => !char.IsDigit(part[0])))).ShouldBeEmpty();
    }

    // The first cell of a table. The keys of sources are not bound to a class.
    [GeneratedRegex(@"^\| `((?!Sources:)[A-Z][A-Za-z]+(?::[A-Za-z0-9]+)+)`", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
