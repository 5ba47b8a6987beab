namespace VibeDash.Server.Tests.Hosting;

internal sealed class EmbeddedTestBroker(params (string Key, string Value)[] extraSettings) : TestBroker
{
    public override IEnumerable<(string Key, string Value)> Settings => [("Broker:Port", $"{Port}"), .. extraSettings];
}
