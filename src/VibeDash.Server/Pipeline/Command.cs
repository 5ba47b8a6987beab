namespace VibeDash.Server.Pipeline;

/// <summary>Something that somebody asks the event loop to do, and waits for.</summary>
/// <typeparam name="T">What comes of it.</typeparam>
internal abstract class Command<T> : WorkItem
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What came of it; set by the event loop before the commit.</summary>
    public T? Result { get; set; }

    /// <summary>Completes after the commit.</summary>
    public Task<T> Completion => _completion.Task;

    /// <inheritdoc/>
    public override void Committed() => _completion.TrySetResult(Result!);
}
