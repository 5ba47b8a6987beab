using System.Text;

namespace VibeDash.Core.Tests.Simulator;

/// <summary>An awaitable log: <see cref="Seen"/> completes when a line with the given start is written.</summary>
internal sealed class SignallingLog(string beginning) : TextWriter
{
    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Seen => _seen.Task;

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value)
    {
        if (value?.StartsWith(beginning, StringComparison.Ordinal) == true)
            _seen.TrySetResult();
    }
}
