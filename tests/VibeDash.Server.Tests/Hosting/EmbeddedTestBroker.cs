namespace VibeDash.Server.Tests.Hosting;

internal sealed class EmbeddedTestBroker : TestBroker
{
    public override IEnumerable<(string Key, string Value)> Settings => [("Broker:Port", $"{Port}")];
}
