using System.Threading.Channels;

namespace VibeDash.Server.Pipeline;

/// <summary>Answers requests that wait for a commit, with a time limit: commits take long while the database cannot be written.</summary>
internal static class Patience
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Answers with the result, or with 503 after a timeout.</summary>
    /// <param name="ask">Requests the result.</param>
    /// <param name="status">The status code of a result.</param>
    /// <param name="cancelled">Cancelled when the request is aborted.</param>
    public static Task<IResult> AnswerAsync<T>(Func<CancellationToken, Task<T>> ask, Func<T, int> status, CancellationToken cancelled) =>
        AnswerAsync(ask, result => Results.Json(result, statusCode: status(result)), cancelled);

    /// <summary>Answers with the <paramref name="answer"/> for the result, or with 503 after a timeout.</summary>
    public static async Task<IResult> AnswerAsync<T>(Func<CancellationToken, Task<T>> ask, Func<T, IResult> answer, CancellationToken cancelled)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        timeout.CancelAfter(Timeout);
        try
        {
            return answer(await ask(timeout.Token));
        }
        catch (Exception unavailable) when (unavailable is OperationCanceledException or ChannelClosedException && !cancelled.IsCancellationRequested)
        {
            return Results.Problem("Not stored within the time limit; it may still take effect.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
