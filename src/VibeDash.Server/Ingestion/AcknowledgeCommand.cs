using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Server.Ingestion;

/// <summary>A person's acknowledgement on its way through the event loop, which is the only one to change an alert.</summary>
internal sealed class AcknowledgeCommand(long alertId, Acknowledgement acknowledgement, DateTimeOffset at) : WorkItem
{
    private readonly TaskCompletionSource<AcknowledgeResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The alert.</summary>
    public long AlertId => alertId;

    /// <summary>Who, and what they noted.</summary>
    public Acknowledgement Acknowledgement => acknowledgement;

    /// <summary>Server time at which it was asked for.</summary>
    public DateTimeOffset At => at;

    /// <summary>What came of it; set by the event loop before the commit.</summary>
    public AcknowledgeResult? Result { get; set; }

    /// <summary>Completes after the commit.</summary>
    public Task<AcknowledgeResult> Completion => _completion.Task;

    /// <inheritdoc/>
    public override void Committed() => _completion.TrySetResult(Result!);
}
