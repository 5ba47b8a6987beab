using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

public sealed class EmbeddedOfflineTests : OfflineTests
{
    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker(Settings);
}
