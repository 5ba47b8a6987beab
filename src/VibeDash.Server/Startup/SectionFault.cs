namespace VibeDash.Server.Startup;

/// <summary>What is wrong with a section of the configuration, in one line that names the key, its value and what is allowed.</summary>
internal static class SectionFault
{
    /// <summary>The fault of a value.</summary>
    public static StartupException Wrong(IConfigurationSection section, string allowed) => new($"{section.Path} is '{section.Value}'; allowed: {allowed}.");

    /// <summary>Refuses every key but these, which nobody would read.</summary>
    /// <param name="section">What has keys.</param>
    /// <param name="keys">Those it may have.</param>
    /// <param name="what">What it is, in the words of the fault.</param>
    public static void Only(IConfigurationSection section, string[] keys, string what)
    {
        if (section.GetChildren().FirstOrDefault(child => !keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw Wrong(unknown, $"nothing; {what} supports {string.Join(", ", keys)}");
    }
}
