using System.Collections.Concurrent;
using System.Diagnostics;

namespace VibeDash.EndToEnd.Tests.Hosting;

/// <summary>The server as its users get it: published once, for all tests of a run, or before it where <see cref="PublishedFolder"/> says.</summary>
public sealed class PublishedServer : IAsyncLifetime
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    /// <summary>The published files.</summary>
    public string Folder { get; } = PublishedFolder.Path ?? Directory.CreateTempSubdirectory("vibedash-published-").FullName;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (PublishedFolder.Path is not null)
            return;

        // Build servers would outlive the command and keep its output open. The code was analyzed by the first build.
        using var publish = new Process
        {
            StartInfo = new("dotnet", ["publish", "src/VibeDash.Server", "-c", "Release", "-o", Folder, "--disable-build-servers", "-p:RunAnalyzers=false"])
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

        using var timeout = new CancellationTokenSource(Longest);
        try
        {
            await publish.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            publish.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet publish took longer than {Longest}.\n{string.Join('\n', output)}");
        }

        publish.ExitCode.ShouldBe(0, $"dotnet publish failed.\n{string.Join('\n', output)}");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (PublishedFolder.Path is null)
            Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
