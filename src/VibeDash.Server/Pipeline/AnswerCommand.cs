using VibeDash.Core.Contract;

namespace VibeDash.Server.Pipeline;

/// <summary>A command with a value or a refusal as its result.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
internal abstract class AnswerCommand<T>(Actor actor, DateTimeOffset at) : Command<Answer<T>>(actor, at)
    where T : class
{
    /// <inheritdoc/>
    protected sealed override Refusal? RefusalOf(Answer<T> result) => result.Refusal;
}
