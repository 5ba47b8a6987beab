namespace VibeDash.Server.Tests.Hosting;

/// <summary>Brokers started by a test; the server only gets their settings.</summary>
internal sealed class ConfiguredBroker(params (string Key, string Value)[] settings) : TestBroker
{
    public override IEnumerable<(string Key, string Value)> Settings => settings;
}
