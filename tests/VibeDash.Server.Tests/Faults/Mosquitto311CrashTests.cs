using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

public sealed class Mosquitto311CrashTests : CrashTests
{
    private protected override int Kills => LongRun.Count(4, 10);

    private protected override TestBroker CreateBroker() => new Mosquitto("allow_anonymous true\nmax_queued_messages 0", ("Broker:Protocol", "3.1.1"));
}
