using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>
/// Malicious clients of the embedded broker. In each test, sensors send 500 events a second: they must continue to be acknowledged, all acknowledged
/// events must be stored once, and the server must not need more memory than for many well-behaved clients.
/// </summary>
public abstract class HostileClientTests : IDisposable
{
    private const int MaximumMegabytes = 700;

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-hostile-").FullName;
    private readonly List<RawClient> _clients = [];

    private protected EmbeddedTestBroker Broker { get; } = new();

    private protected string Folder => _folder;

    private protected IReadOnlyList<RawClient> Clients => _clients;

    public void Dispose()
    {
        foreach (var client in _clients)
            client.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected async Task<RawClient> Add(Task<RawClient> opening)
    {
        var client = await opening;
        _clients.Add(client);
        return client;
    }

    /// <summary>Waits until the broker has ended all the connections.</summary>
    private protected Task AllEndedAsync() =>
        Task.WhenAll(_clients.Select(async client =>
        {
            try
            {
                await client.EndedAsync();
            }
            catch (ObjectDisposedException)
            {
            }
        })).WaitAsync(TimeLimit.Limit, TimeProvider.System, TestContext.Current.CancellationToken);

    private protected async Task BesideSensorsAsync(Func<SensorLoad, Task> attack)
    {
        using var server = new ServerProcess(_folder, Broker);
        await server.ReadyAsync();
        await using var load = new SensorLoad(Broker, rate: 500);
        await load.AcknowledgedMoreAsync(500);

        await attack(load);

        await load.AcknowledgedMoreAsync(500);
        var sent = await load.StopAsync();
        var megabytes = PeakMegabytes(server);
        var watch = Stopwatch.StartNew();
        (await server.TerminateAsync()).ShouldBe(0);
        watch.Elapsed.ShouldBeLessThan(TimeLimit.Soon);
        TestContext.Current.TestOutputHelper?.WriteLine($"At most {megabytes:0} MB resident");
        StoredRecord.Load(_folder).ShouldBeAllOf(sent);
        megabytes.ShouldBeLessThan(MaximumMegabytes);
    }

    private static double PeakMegabytes(ServerProcess server)
    {
        var line = File.ReadLines($"/proc/{server.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
