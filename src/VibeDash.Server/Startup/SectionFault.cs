namespace VibeDash.Server.Startup;

/// <summary>Faults of a configuration section, in one line that names the key, its value and the allowed values.</summary>
internal static class SectionFault
{
    /// <summary>The fault of a value.</summary>
    public static StartupException Wrong(IConfigurationSection section, string allowed) => new($"{section.Path} is '{section.Value}'; allowed: {allowed}.");

    /// <summary>Rejects all other keys: they would have no effect.</summary>
    /// <param name="section">The section to check.</param>
    /// <param name="keys">Allowed keys.</param>
    /// <param name="what">Name of the section for the message.</param>
    public static void Only(IConfigurationSection section, string[] keys, string what)
    {
        if (section.GetChildren().FirstOrDefault(child => !keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw Wrong(unknown, $"nothing; {what} supports {string.Join(", ", keys)}");
    }
}
