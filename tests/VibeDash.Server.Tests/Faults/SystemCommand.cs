using System.Diagnostics;

namespace VibeDash.Server.Tests.Faults;

/// <summary>System commands, some of which require root. A test is skipped where its command is not permitted.</summary>
internal static class SystemCommand
{
    /// <summary>Runs the command; skips the test when the system does not permit it.</summary>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        var (exitCode, error) = await TryAsync(program, arguments);
        Assert.SkipWhen(exitCode != 0, $"Not permitted here: {program} {string.Join(' ', arguments)}: {error.Trim()}");
    }

    /// <summary>Runs the command, for cleaning up: a failure is ignored.</summary>
    public static async Task<(int ExitCode, string Error)> TryAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}
