using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;

namespace VibeDash.Server.Refusals;

/// <summary>Refusals as problem details (RFC 9457).</summary>
internal static class RefusalProblem
{
    /// <summary>The problem details of a refusal: its code and arguments, and the faults by field.</summary>
    public static ProblemDetails Details(this Refusal refusal)
    {
        var status = RefusalStatus.Of(refusal.Code);
        var details = status == StatusCodes.Status400BadRequest
            ? new HttpValidationProblemDetails(refusal.Faults.GroupBy(fault => fault.Field, FaultText.Of).ToDictionary(field => field.Key, field => field.ToArray()))
            : new ProblemDetails();
        (details.Status, details.Detail) = (status, RefusalText.Of(refusal));
        details.Extensions["code"] = refusal.Code.ToString();
        details.Extensions["arguments"] = refusal.Arguments;
        if (status == StatusCodes.Status400BadRequest)
            details.Extensions["faults"] = refusal.Faults;
        return details;
    }

    /// <summary>The response to a refused request.</summary>
    public static ProblemHttpResult Problem(this Refusal refusal) => TypedResults.Problem(refusal.Details());

    /// <summary>The response to a command: its value or its refusal.</summary>
    public static Results<Ok<T>, ProblemHttpResult> ToResult<T>(this Answer<T> answer)
        where T : class =>
        answer.Refusal is { } refusal ? refusal.Problem() : TypedResults.Ok(answer.Value);

    /// <summary>The response to a query: its value, or a refusal when that is null.</summary>
    public static Results<Ok<T>, ProblemHttpResult> ToResult<T>(this T? value, RefusalCode unknown, object argument)
        where T : class =>
        value is null ? Refusal.Of(unknown, argument).Problem() : TypedResults.Ok(value);

    /// <summary>The response to an invalid request.</summary>
    public static ProblemHttpResult Problem(this IEnumerable<FieldFault> faults) => Refusal.Invalid([.. faults]).Problem();
}
