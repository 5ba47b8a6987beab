using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

public sealed class MosquittoCrashTests : CrashTests
{
    private protected override int Kills => LongRun.Count(8, 50);

    private protected override TestBroker CreateBroker() => new Mosquitto("allow_anonymous true\nmax_queued_messages 0");
}
