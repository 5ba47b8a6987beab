using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>A real Mosquitto with persistence, so that it can be stopped and started.</summary>
internal sealed partial class Mosquitto : TestBroker
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-mosquitto-").FullName;
    private readonly string _extraConfiguration;
    private readonly IReadOnlyList<(string Key, string Value)> _extraSettings;
    private Process? _process;

    public Mosquitto(string extraConfiguration = "allow_anonymous true", params (string Key, string Value)[] extraSettings)
    {
        (_extraConfiguration, _extraSettings) = (extraConfiguration, extraSettings);
    }

    public override IEnumerable<(string Key, string Value)> Settings => [("Broker:Host", "127.0.0.1"), ("Broker:Port", $"{Port}"), .. _extraSettings];

    public string Folder => _folder;

    public override async Task StartAsync()
    {
        var configuration = Path.Combine(_folder, "mosquitto.conf");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            listener {Port} 127.0.0.1
            {(_extraConfiguration.Contains("autosave_interval", StringComparison.Ordinal) ? "" : "autosave_interval 1")}
            {_extraConfiguration.Replace("{folder}", _folder, StringComparison.Ordinal)}
            persistence true
            persistence_location {_folder}/
            user root

            """);
        _process = Process.Start(new ProcessStartInfo(Programs.Find("mosquitto"), ["-c", configuration])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        await Eventually.TrueAsync(
            async () =>
            {
                using var probe = new TcpClient();
                try
                {
                    await probe.ConnectAsync("127.0.0.1", Port);
                    return true;
                }
                catch (SocketException)
                {
                    return false;
                }
            },
            "Mosquitto listens");
    }

    public override Task StopAsync() => EndAsync("-TERM");

    /// <summary>Kills it, as a power failure would.</summary>
    public Task KillAsync() => EndAsync("-KILL");

    /// <summary>Waits until it has saved its session: the second save from now on contains everything present now.</summary>
    public async Task SavedAsync()
    {
        var file = Path.Combine(_folder, "mosquitto.db");
        for (var saves = 0; saves < 2; saves++)
        {
            var before = File.GetLastWriteTimeUtc(file);
            await Eventually.TrueAsync(() => Task.FromResult(File.GetLastWriteTimeUtc(file) != before), "the broker saves");
        }
    }

    /// <summary>Ids of the events in its last save, i.e. those it has after being killed and restarted.</summary>
    public HashSet<string> SavedEvents() =>
        [.. EventId().Matches(Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(_folder, "mosquitto.db")))).Select(match => match.Groups[1].Value)];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex("\"eventId\":\"([^\"]+)\"")]
    private static partial Regex EventId();

    private async Task EndAsync(string signal)
    {
        if (_process is null)
            return;
        using (var kill = Process.Start("kill", [signal, $"{_process.Id}"]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }
}
