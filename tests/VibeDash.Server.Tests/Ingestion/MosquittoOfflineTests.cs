using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

public sealed class MosquittoOfflineTests : OfflineTests
{
    private protected override TestBroker CreateBroker() => new Mosquitto(extraSettings: Settings);
}
