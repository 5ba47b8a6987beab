using System.Diagnostics;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>A server that is expected to refuse its start.</summary>
internal static class RefusedStart
{
    public static async Task<(int ExitCode, string Error)> OfAsync(string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [ServerProcess.Program, $"--Storage:Folder={folder}", "--Broker:Port=0", "--Urls=http://127.0.0.1:0"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        process.BeginOutputReadLine();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeLimit.Limit);
        try
        {
            var error = await process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            error.Trim().Split('\n').Length.ShouldBe(1, error);
            return (process.ExitCode, error.Trim());
        }
        finally
        {
            process.Kill();
        }
    }
}
