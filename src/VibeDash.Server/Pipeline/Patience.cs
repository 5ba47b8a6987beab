using System.Threading.Channels;

namespace VibeDash.Server.Pipeline;

/// <summary>Answers requests that wait for a commit: while the database cannot be written that takes long, and a person should hear of it before.</summary>
internal static class Patience
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Answers with the result, or with 503 when there is none in time.</summary>
    /// <param name="ask">Asks for the result.</param>
    /// <param name="status">The status code of a result.</param>
    /// <param name="cancelled">The request was given up.</param>
    public static Task<IResult> AnswerAsync<T>(Func<CancellationToken, Task<T>> ask, Func<T, int> status, CancellationToken cancelled) =>
        AnswerAsync(ask, result => Results.Json(result, statusCode: status(result)), cancelled);

    /// <summary>Answers as <paramref name="answer"/> makes of the result, or with 503 when there is none in time.</summary>
    public static async Task<IResult> AnswerAsync<T>(Func<CancellationToken, Task<T>> ask, Func<T, IResult> answer, CancellationToken cancelled)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        patience.CancelAfter(Longest);
        try
        {
            return answer(await ask(patience.Token));
        }
        catch (Exception unavailable) when (unavailable is OperationCanceledException or ChannelClosedException && !cancelled.IsCancellationRequested)
        {
            return Results.Problem("It is not stored yet; see whether it takes effect.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
