using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion.Sparkplug;

public sealed class EmbeddedSparkplugTests : SparkplugTests
{
    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker(Settings);
}
