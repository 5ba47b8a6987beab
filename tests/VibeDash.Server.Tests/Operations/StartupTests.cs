using System.Diagnostics;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Operations;

/// <summary>The server as a process: what it says when it cannot start.</summary>
public sealed class StartupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-start-").FullName;

    [Theory]
    [InlineData("Broker:Port", "99999", "Broker:Port is '99999'; allowed: 0 to 65535.")]
    [InlineData("Broker:Port", "many", "'many'")]
    [InlineData("Broker:ListenAddress", "everywhere", "Broker:ListenAddress is 'everywhere'; allowed: an IP address such as 127.0.0.1 or 0.0.0.0.")]
    [InlineData("Broker:ClientId", "", "Broker:ClientId is ''; allowed: 1 to 128 characters.")]
    [InlineData("Broker:ReceiveMaximum", "0", "Broker:ReceiveMaximum is '0'; allowed: 1 to 65535.")]
    [InlineData("Broker:TopicFilters:0", "a/#/b", "Broker:TopicFilters is 'a/#/b'; allowed: MQTT topic filters")]
    [InlineData("Broker:Tls", "true", "Broker:Tls is 'True'; allowed: false for the embedded broker")]
    [InlineData("Broker:CertificateAuthorityFile", "/nowhere.pem", "Broker:CertificateAuthorityFile is '/nowhere.pem'; allowed: a PEM file that exists")]
    [InlineData("Storage:MaximumSensors", "0", "Storage:MaximumSensors is '0'; allowed: 1 to 1,000,000.")]
    [InlineData("Storage:Folder", "/proc/nowhere", "/proc/nowhere")]
    public async Task A_wrong_option_stops_the_start_with_one_line_that_names_it(string key, string value, string expected)
    {
        var (exitCode, error) = await RunAsync($"--{key}={value}");

        exitCode.ShouldBe(1);
        error.ShouldContain(expected);
        error.ShouldContain(key.StartsWith("Storage:Folder", StringComparison.Ordinal) ? "database" : key.Replace(":0", "", StringComparison.Ordinal));
        error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_port_that_is_taken_stops_the_start_with_one_line()
    {
        await using var broker = new EmbeddedTestBroker();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, broker.Port);
        taken.Start();

        var (exitCode, error) = await RunAsync($"--Broker:Port={broker.Port}");

        exitCode.ShouldBe(1);
        error.ShouldContain($"127.0.0.1:{broker.Port}");
        error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        var file = Path.Combine(_folder, "vibedash.db");
        await File.WriteAllTextAsync(file, new string('x', 5000), TestContext.Current.CancellationToken);

        var (exitCode, error) = await RunAsync();

        exitCode.ShouldBe(1);
        error.ShouldContain(file);
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe(new string('x', 5000));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "VibeDash.Server.dll"), $"--Storage:Folder={_folder}", "--Broker:Port=0", "--Urls=http://127.0.0.1:0", .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        process.BeginOutputReadLine();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            var error = await process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, error);
        }
        finally
        {
            process.Kill();
        }
    }
}
