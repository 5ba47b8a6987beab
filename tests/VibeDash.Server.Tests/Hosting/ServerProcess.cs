using System.Diagnostics;
using System.Net.Http.Json;
using VibeDash.Core.Contract;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>The server as a separate process, which can be killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    /// <summary>
    /// The program, for <c>dotnet</c>: the published one where there is one, because that is compiled ahead of time and starts with half the work; otherwise that of the build.
    /// </summary>
    public static readonly string Program = Path.Combine(PublishedFolder.Path ?? AppContext.BaseDirectory, "VibeDash.Server.dll");

    private readonly Process _process;
    private readonly HttpClient _http;

    public ServerProcess(string folder, TestBroker broker, params string[] arguments)
    {
        var site = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}/");
        _http = new HttpClient { BaseAddress = site };
        _process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                Program, $"--Urls={site}", $"--Storage:Folder={folder}",
                .. TestServer.KeepsAll.Concat(broker.Settings).Select(setting => $"--{setting.Key}={setting.Value}"),
                .. arguments,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // The demo person is signed in by itself, and the demo fleet is not wanted.
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Demo__Enabled"] = "false" },
        })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Its process.</summary>
    public int Id => _process.Id;

    /// <summary>Client of its API.</summary>
    public HttpClient Http => _http;

    /// <summary>Waits until it is connected to a broker.</summary>
    public Task ReadyAsync() => Eventually.TrueAsync(async () => await StatusAsync() is { Broker: BrokerState.Connected }, "the server is ready");

    /// <summary>Its status, or null while there is no connection to it.</summary>
    public async Task<ServerStatus?> StatusAsync()
    {
        try
        {
            return await _http.GetFromJsonAsync("api/v1/status", DashboardJson.Default.ServerStatus, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException fault) when (fault.StatusCode is null)
        {
            return null;
        }
    }

    /// <summary>Kills it, as a power failure would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Freezes it, as the snapshot of a virtual machine does.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>Requests its shutdown, and waits for it.</summary>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("TERM");
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        _http.Dispose();
    }
}
