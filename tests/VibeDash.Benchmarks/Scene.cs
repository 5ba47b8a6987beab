using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using VibeDash.Core.Contract;

namespace VibeDash.Benchmarks;

/// <summary>A Mosquitto and a VibeDash on free loopback ports, with a temporary folder.</summary>
internal sealed class Scene : IAsyncDisposable
{
    /// <summary>Mosquitto settings required for the guarantee: unlimited queue and messages in flight.</summary>
    public const string PromiseSettings = "max_queued_messages 0\nmax_inflight_messages 0";

    // Above this rate one connection is limited by Mosquitto's individual answers; below, several would only wake up more often.
    private const double OneConnectionIsEnough = 20_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-benchmark-").FullName;
    private readonly int _webPort = LoopbackPort.Free();
    private ChildProcess? _mosquitto;

    public int BrokerPort { get; } = LoopbackPort.Free();

    public Uri Site => new($"http://127.0.0.1:{_webPort}/");

    public ChildProcess? Server { get; private set; }

    /// <summary>Bytes the server has allocated since its start.</summary>
    public long ServerAllocated => StartupHook.Read(AllocatedFile);

    private string AllocatedFile => Path.Combine(_folder, "allocated");

    public async Task StartBrokerAsync(string settings)
    {
        var configuration = Path.Combine(_folder, "mosquitto.conf");
        await File.WriteAllTextAsync(configuration, $"listener {BrokerPort} 127.0.0.1\nallow_anonymous true\n{settings}\n");
        _mosquitto = new ChildProcess(File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto", "-c", configuration);
        await UntilAsync(async () =>
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(IPAddress.Loopback, BrokerPort);
            return true;
        });
    }

    /// <summary>Starts a server with a new database, and waits until it is subscribed.</summary>
    /// <param name="clientId">Its MQTT client id.</param>
    /// <param name="assembly">The program; null for the build output of this one, which has no pages.</param>
    /// <param name="firstPage">True to wait for its first page, not for the broker.</param>
    public async Task StartServerAsync(string clientId, string? assembly = null, bool firstPage = false)
    {
        var telling = new Dictionary<string, string>
        {
            ["DOTNET_STARTUP_HOOKS"] = Path.Combine(AppContext.BaseDirectory, "VibeDash.Benchmarks.dll"),
            [StartupHook.FileVariable] = AllocatedFile,

            // Signed in by itself; without the demo fleet.
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Demo__Enabled"] = "false",
        };
        Server = ChildProcess.Dotnet(
            assembly ?? "VibeDash.Server.dll", telling, $"--Urls={Site}", $"--Storage:Folder={FolderOf(clientId)}",
            "--Broker:Host=127.0.0.1", $"--Broker:Port={BrokerPort}", $"--Broker:ClientId={clientId}", "--Web:HubConnectionsEach=1000");
        try
        {
            if (firstPage)
                await UntilAsync(PageAsync);
            else
                await ConnectedAsync();
        }
        catch (OperationCanceledException late)
        {
            throw new InvalidOperationException($"The server did not come up.\n{Server.Output}", late);
        }
    }

    /// <summary>Path of a server's database.</summary>
    public string FolderOf(string clientId) => Path.Combine(_folder, clientId);

    /// <summary>Waits until the server is subscribed.</summary>
    public Task ConnectedAsync() => UntilAsync(async () => (await StatusAsync()).Broker == BrokerState.Connected);

    public async Task StopServerAsync()
    {
        if (Server is null)
            return;
        await Server.StopAsync();
        Server.Dispose();
        Server = null;
    }

    public async Task<ServerStatus> StatusAsync()
    {
        using var http = new HttpClient { BaseAddress = Site };
        return (await http.GetFromJsonAsync("api/v1/status", DashboardJson.Default.ServerStatus))!;
    }

    public ChildProcess StartSimulator(double rate, int sensors, TimeSpan duration, int seed) => ChildProcess.Dotnet(
        "VibeDash.Simulator.dll", "--broker", $"127.0.0.1:{BrokerPort}", "--rate", $"{rate:0}", "--sensors", $"{sensors}",
        "--duration", $"{duration.TotalSeconds:0}", "--seed", $"{seed}", "--connections", rate > OneConnectionIsEnough ? "4" : "1");

    public async ValueTask DisposeAsync()
    {
        await StopServerAsync();
        if (_mosquitto is not null)
            await _mosquitto.StopAsync();
        _mosquitto?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Waits until <paramref name="condition"/> holds; a failed connection counts as false.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            try
            {
                if (await condition())
                    return;
            }
            catch (Exception e) when (e is SocketException or HttpRequestException)
            {
                // Not yet listening.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    private async Task<bool> PageAsync()
    {
        using var http = new HttpClient { BaseAddress = Site };
        using var page = await http.GetAsync("");
        return page.IsSuccessStatusCode;
    }
}
