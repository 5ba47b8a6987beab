using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VibeDash.Core.Contract;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// A user's request to the event loop, answered after the commit. Its id is written in the transaction of its effect: when the outcome of a commit is
/// uncertain and the batch is retried, a command on disk is not executed again and keeps the result of its first attempt.
/// </summary>
/// <typeparam name="T">Type of the result.</typeparam>
/// <param name="actor">The user.</param>
/// <param name="at">Server time of the request.</param>
internal abstract class Command<T>(Actor actor, DateTimeOffset at) : WorkItem
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Guid _id = Guid.CreateVersion7(at);
    private T? _result;
    private string? _before, _after;

    /// <summary>The user.</summary>
    public Actor Actor => actor;

    /// <summary>Server time of the request.</summary>
    public DateTimeOffset At => at;

    /// <summary>Completes after the commit; with an exception when the command could not be processed.</summary>
    public Task<T> Completion => _completion.Task;

    /// <summary>Name of the command on record.</summary>
    protected virtual string Name => GetType().Name.Replace("Command", "", StringComparison.Ordinal);

    /// <summary>Object of the command on record, e.g. the id of a dead letter; null when there is none.</summary>
    protected virtual string? Subject => null;

    /// <summary>More about the command on record, e.g. the reason a person gave; null when there is nothing.</summary>
    protected virtual string? Detail => null;

    /// <inheritdoc/>
    public sealed override void Do(PipelineTransaction transaction)
    {
        if (transaction.IsRetry && transaction.Storage.Context.Commands.Any(command => command.Id == _id))
            return;

        (_before, _after) = (null, null);
        _result = Execute(transaction);
        transaction.Storage.Changes().Commands.Add(Row(RefusalOf(_result)));
    }

    /// <inheritdoc/>
    public sealed override void Fail(PipelineTransaction transaction, Exception fault)
    {
    }

    /// <inheritdoc/>
    public sealed override void Committed()
    {
        if (Fault is { } fault)
            _completion.TrySetException(new CommandFaultException(fault));
        else
            _completion.TrySetResult(_result!);
    }

    /// <summary>Executes the command.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <returns>The result; a refusal is a result.</returns>
    protected abstract T Execute(PipelineTransaction transaction);

    /// <summary>The refusal that the result is; null when it was done.</summary>
    protected virtual Refusal? RefusalOf(T result) => null;

    /// <summary>Puts on record what the command replaces, and by what.</summary>
    /// <param name="before">What was there; null for nothing.</param>
    /// <param name="after">What is there now; null for nothing.</param>
    /// <param name="type">How it is written.</param>
    protected void Replaces<TValue>(TValue? before, TValue? after, JsonTypeInfo<TValue> type)
        where TValue : class =>
        Replaces(before is null ? null : JsonSerializer.Serialize(before, type), after is null ? null : JsonSerializer.Serialize(after, type));

    /// <summary>Puts on record what the command replaces, and by what, both as JSON.</summary>
    protected void Replaces(string? before, string? after) => (_before, _after) = (before, after);

    private CommandRow Row(Refusal? refusal) => new()
    {
        Id = _id, At = at, Actor = actor.Name, Name = Name, Subject = Subject, Detail = Detail, Refusal = refusal?.Code.ToString(), Origin = actor.Origin, Before = _before, After = _after,
    };
}
