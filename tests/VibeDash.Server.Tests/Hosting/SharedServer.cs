namespace VibeDash.Server.Tests.Hosting;

/// <summary>One server for all tests of a class, who ask at the same time, and leave nothing that the others could meet.</summary>
public class SharedServer : ServerTest
{
    /// <summary>The server; not to be stopped.</summary>
    internal TestServer Running => Server;

    /// <summary>The broker it embeds.</summary>
    internal TestBroker Listening => Broker;

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();
}
