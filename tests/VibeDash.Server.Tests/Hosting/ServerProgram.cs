using System.Text;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>
/// The server's program from its first line on, called in the process of the tests: for starts that are refused, in a tenth of the time of a process of
/// its own.
/// </summary>
internal static class ServerProgram
{
    private static readonly AsyncLocal<StringBuilder?> Heard = new();

    static ServerProgram() => Console.SetError(new EachToItsOwn(Console.Error));

    /// <summary>Runs the program to its end; returns its exit code and standard error output.</summary>
    /// <exception cref="TimeoutException">It has started, and goes on running.</exception>
    public static async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
    {
        var error = new StringBuilder();
        var running = Task.Factory.StartNew(
            () =>
            {
                Heard.Value = error;

                // As if the tests were not the program; and nobody is to watch its settings when it is long forgotten.
                return (int)typeof(Program).Assembly.EntryPoint!.Invoke(null, [(string[])["--applicationName=VibeDash.Server", "--hostBuilder:reloadConfigOnChange=false", .. arguments]])!;
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        var exitCode = await running.WaitAsync(TimeLimit.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        return (exitCode, error.ToString());
    }

    private sealed class EachToItsOwn(TextWriter others) : TextWriter
    {
        public override Encoding Encoding => others.Encoding;

        public override void Write(char value)
        {
            if (Heard.Value is not { } heard)
            {
                others.Write(value);
                return;
            }

            lock (heard)
                heard.Append(value);
        }
    }
}
