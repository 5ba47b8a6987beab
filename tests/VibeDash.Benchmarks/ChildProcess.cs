using System.Diagnostics;
using System.Globalization;

namespace VibeDash.Benchmarks;

/// <summary>A process started, measured and ended by the benchmark.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _output = [];

    public ChildProcess(string program, params string[] arguments)
        : this(program, arguments, new Dictionary<string, string>())
    {
    }

    private ChildProcess(string program, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts a program of this repository from the build output of this one.</summary>
    public static ChildProcess Dotnet(string assembly, params string[] arguments) =>
        Dotnet(assembly, new Dictionary<string, string>(), arguments);

    /// <summary>Starts a program of this repository with environment variables.</summary>
    public static ChildProcess Dotnet(string assembly, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments], environment);

    /// <summary>Its output so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>Processor time it has used, in seconds.</summary>
    public double ProcessorSeconds
    {
        get
        {
            // Not available after the process has ended.
            _process.Refresh();
            return _process.HasExited ? double.NaN : _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Memory it holds, in megabytes.</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    public async Task WaitAsync() => await _process.WaitForExitAsync();

    /// <summary>Requests its shutdown, and waits for it.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited)
            return;
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.Add(line);
    }
}
