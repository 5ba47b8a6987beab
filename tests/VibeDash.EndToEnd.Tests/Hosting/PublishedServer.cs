using System.Collections.Concurrent;
using System.Diagnostics;

namespace VibeDash.EndToEnd.Tests.Hosting;

/// <summary>The server as deployed by users: published once, for all tests of a run.</summary>
public sealed class PublishedServer : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The published files.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("vibedash-published-").FullName;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // Build servers would outlive the command and hold its output open.
        using var publish = new Process
        {
            StartInfo = new("dotnet", ["publish", "src/VibeDash.Server", "-c", "Release", "-o", Folder, "--disable-build-servers"])
            {
                WorkingDirectory = Repository.Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        var output = new ConcurrentQueue<string?>();
        publish.OutputDataReceived += (_, line) => output.Enqueue(line.Data);
        publish.ErrorDataReceived += (_, line) => output.Enqueue(line.Data);
        publish.Start();
        publish.BeginOutputReadLine();
        publish.BeginErrorReadLine();

        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            await publish.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            publish.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet publish took longer than {Patience}.\n{string.Join('\n', output)}");
        }

        publish.ExitCode.ShouldBe(0, $"dotnet publish failed.\n{string.Join('\n', output)}");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
