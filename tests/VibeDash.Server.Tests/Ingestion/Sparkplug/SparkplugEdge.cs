using System.Diagnostics;
using System.Threading.Channels;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion.Sparkplug;

/// <summary>A real edge node: a Node.js process with the Sparkplug packages of npm (peer/edge.js).</summary>
internal sealed class SparkplugEdge : IDisposable
{
    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();
    private readonly Process _process;

    private SparkplugEdge(TestBroker broker, string group, string node, string device)
    {
        _process = Process.Start(new ProcessStartInfo(Programs.Find("node"), [Path.Combine(Folder, "edge.js"), $"{broker.Port}", group, node, device])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } told)
                _told.Writer.TryWrite(told);
        };
        _process.BeginOutputReadLine();
    }

    private static string Folder { get; } = Path.Combine(Repository.Root, "tests/VibeDash.Server.Tests/Ingestion/Sparkplug/peer");

    /// <summary>Starts one, and waits until it has published its births.</summary>
    public static async Task<SparkplugEdge> StartAsync(TestBroker broker, string group = "plant 1", string node = "edge 1", string device = "pump")
    {
        var edge = new SparkplugEdge(broker, group, node, device);
        await edge.ToldAsync("born");
        return edge;
    }

    /// <summary>Sends a command; see edge.js.</summary>
    public Task DoAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>Waits for <paramref name="line"/> in its output; skips other lines.</summary>
    public async Task ToldAsync(string line)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeLimit.Limit);
        while (await _told.Reader.ReadAsync(patience.Token) != line)
        {
        }
    }

    /// <summary>Kills it, as a power failure would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
