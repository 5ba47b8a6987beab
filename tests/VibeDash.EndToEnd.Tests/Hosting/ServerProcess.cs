using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Cookie = Microsoft.Playwright.Cookie;

namespace VibeDash.EndToEnd.Tests.Hosting;

/// <summary>The published server as a process with its own ports and data folder, which it keeps across restarts.</summary>
public sealed class ServerProcess(string published) : IAsyncDisposable
{
    /// <summary>Name of the administrator.</summary>
    public const string Administrator = "Anna Weber";

    /// <summary>Password of the administrator.</summary>
    public const string Password = "correct horse battery";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<string> _output = new();
    private readonly int _sitePort = LoopbackPort.Free();
    private string? _data;
    private Process? _process;

    /// <summary>Port of the embedded broker.</summary>
    public int BrokerPort { get; } = LoopbackPort.Free();

    /// <summary>Address of the dashboard.</summary>
    public string Site => $"http://127.0.0.1:{_sitePort}/";

    /// <summary>Additional settings, by key; read at each start.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>False for a server to which nobody has been added yet.</summary>
    public bool SetsUp { get; set; } = true;

    /// <summary>The cookie of the administrator, whose browser every visitor has; null before there is one.</summary>
    public Cookie? Session { get; private set; }

    /// <summary>The set-up link of its console.</summary>
    public string SetUpLink => Output.Split('\n').Last(line => line.Contains("/set-up?", StringComparison.Ordinal)).Trim();

    /// <summary>All of its output.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Its error log lines.</summary>
    public IEnumerable<string> Errors => _output.Where(line =>
        line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal)
        || line.StartsWith("Unhandled exception", StringComparison.Ordinal));

    /// <summary>Starts it and waits until it is operational.</summary>
    public async Task StartAsync()
    {
        _data ??= Directory.CreateTempSubdirectory("vibedash-data-").FullName;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(published, "VibeDash.Server.dll"), "--Urls", Site.TrimEnd('/')])
        {
            WorkingDirectory = _data,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["Broker__Port"] = $"{BrokerPort}",
                ["Storage__Folder"] = Path.Combine(_data, "store"),
                ["Demo__Enabled"] = "false",
                ["DOTNET_ENVIRONMENT"] = null,
            },
        };
        foreach (var (key, value) in Settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        using var http = new HttpClient { BaseAddress = new Uri(Site), Timeout = TimeSpan.FromSeconds(5) };
        var watch = Stopwatch.StartNew();
        while (!await IsHealthyAsync(http))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The server ended with {_process.ExitCode}.\n{Output}");
            if (watch.Elapsed > TimeLimit.Limit)
                throw new TimeoutException($"The server was not healthy within {TimeLimit.Limit}.\n{Output}");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        if (SetsUp && Session is null)
            await SetUpAsync();
    }

    /// <summary>Stops it like a service manager, and waits for its end.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        using (process)
        {
            if (!process.HasExited)
            {
                using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
                await kill.WaitForExitAsync();
            }

            using var timeout = new CancellationTokenSource(TimeLimit.Limit);
            try
            {
                await process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"The server did not stop within {TimeLimit.Limit} of SIGTERM.\n{Output}");
            }

            process.ExitCode.ShouldBe(0, Output);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            if (_data is not null)
                Directory.Delete(_data, recursive: true);
        }
    }

    private async Task SetUpAsync()
    {
        var watch = Stopwatch.StartNew();
        while (!Output.Contains("/set-up?", StringComparison.Ordinal))
        {
            if (watch.Elapsed > TimeLimit.Limit)
                throw new TimeoutException($"The server showed no set-up link within {TimeLimit.Limit}.\n{Output}");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        var cookies = new CookieContainer();
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = new Uri(Site) };
        using var answer = await SignInForm.SetUpAsync(browser, new Uri(SetUpLink).PathAndQuery, Administrator, Password);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, Output);
        var session = cookies.GetCookies(new Uri(Site)).Single(cookie => cookie.Name == "vibedash");
        Session = new() { Name = session.Name, Value = session.Value, Url = Site, HttpOnly = true, SameSite = SameSiteAttribute.Lax };
    }

    private static async Task<bool> IsHealthyAsync(HttpClient http)
    {
        try
        {
            // Degraded occurs only where a test configures it.
            return await http.GetStringAsync(new Uri("health", UriKind.Relative), TestContext.Current.CancellationToken) is { Length: > 0 };
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text)
            _output.Enqueue(text);
    }
}
