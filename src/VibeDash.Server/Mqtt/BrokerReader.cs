using Microsoft.Extensions.Options;
using VibeDash.Core.Readings;
using VibeDash.Server.Startup;

namespace VibeDash.Server.Mqtt;

/// <summary>Reads section <c>Brokers</c>, an array, or else section <c>Broker</c>, a single one.</summary>
internal static class BrokerReader
{
    /// <summary>Name of the section for several brokers.</summary>
    public const string Section = "Brokers";

    private const string NameOfOnlyOne = "broker";
    private const int MaximumNameLength = 64;
    private static readonly string[] KeysOfOnlyOne = [.. typeof(BrokerOptions).GetProperties().Where(property => property.SetMethod?.IsPublic == true && property.Name != nameof(BrokerOptions.Name)).Select(property => property.Name)];

    /// <summary>The brokers; at least one.</summary>
    /// <exception cref="StartupException">One line that names the key, its value and the allowed values.</exception>
    /// <exception cref="OptionsValidationException">The same, for one or several values.</exception>
    public static IReadOnlyList<BrokerOptions> Read(IConfiguration configuration)
    {
        var only = configuration.GetSection(BrokerOptions.Section);
        var entries = configuration.GetSection(Section).GetChildren().ToArray();
        if (entries.Length == 0)
            return [Read(only, NameOfOnlyOne, KeysOfOnlyOne)];
        if (only.GetSection(nameof(BrokerOptions.Host)) is { Value.Length: > 0 } host)
            throw SectionFault.Wrong(host, $"not together with {Section}, which have their own");

        var brokers = new List<BrokerOptions>();
        foreach (var entry in entries)
        {
            var name = entry.GetSection(nameof(BrokerOptions.Name));
            if (!(SensorId.IsValid(name.Value ?? "") && name.Value!.Length <= MaximumNameLength) || brokers.Any(other => other.Name == name.Value))
                throw SectionFault.Wrong(name, $"1 to {MaximumNameLength} letters, digits, inner spaces or - _ . : that no other broker has");
            var broker = Read(entry, name.Value!, [nameof(BrokerOptions.Name), .. KeysOfOnlyOne]);
            if (brokers.FirstOrDefault(broker.IsEmbedded ? other => other.IsEmbedded : other => IsSameClient(other, broker)) is { } same)
            {
                throw broker.IsEmbedded
                    ? SectionFault.Wrong(entry.GetSection(nameof(BrokerOptions.Host)), $"a name or address: {same.Key} is the embedded broker already")
                    : SectionFault.Wrong(entry.GetSection(nameof(BrokerOptions.ClientId)), $"one different from that of {same.Key}, which is the same broker: it would end one connection when the other starts");
            }

            brokers.Add(broker);
        }

        return brokers;
    }

    private static bool IsSameClient(BrokerOptions one, BrokerOptions other) =>
        one.Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase) && one.Port == other.Port && one.ClientId == other.ClientId;

    private static BrokerOptions Read(IConfigurationSection section, string name, string[] keys)
    {
        SectionFault.Only(section, keys, "a broker");
        var options = section.Get<BrokerOptions>() ?? new();
        (options.Name, options.Key) = (name, section.Path);
        return OptionsRegistration.Faults(options, section.Path) is { Count: > 0 } faults
            ? throw new OptionsValidationException(section.Path, typeof(BrokerOptions), faults)
            : options;
    }
}
