using System.Security.Claims;
using VibeDash.Core.Contract;

namespace VibeDash.Server.Refusals;

/// <summary>Who makes a request: the person or the key that is signed in. For endpoints marked with <see cref="RefusalEndpoints.Writes"/>.</summary>
internal sealed record RequestActor(Actor Actor)
{
    /// <summary>Called by the framework.</summary>
    public static ValueTask<RequestActor> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));

    /// <summary>Who makes this request.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static RequestActor Of(HttpContext context) => new((Actor.Of(context.User.Identity?.Name) ?? throw new InvalidOperationException("Nobody is signed in, or their name is not one for the record.")) with
    {
        Origin = Origin(context),
        Limit = Sight.Of(context.User).Limit,
    });

    /// <summary>Address of a request, and the id of its key.</summary>
    public static string Origin(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        return context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && id.StartsWith("vd_", StringComparison.Ordinal) ? $"{address}, key {id}" : address;
    }
}
