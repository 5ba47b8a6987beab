using VibeDash.Core.Contract;

namespace VibeDash.Server.Refusals;

/// <summary>
/// The person named in the request header <see cref="Actor.Header"/>, percent-encoded UTF-8. Endpoints that take it are marked with
/// <see cref="RefusalEndpoints.Writes"/>, which refuses requests without a valid one.
/// </summary>
internal sealed class RequestActor
{
    private readonly Actor? _actor;

    private RequestActor(Actor? actor) => _actor = actor;

    /// <summary>True when the header holds a valid name.</summary>
    public bool IsValid => _actor is not null;

    /// <summary>The person.</summary>
    public Actor Actor => _actor ?? throw new InvalidOperationException($"The endpoint lacks {nameof(RefusalEndpoints.Writes)}.");

    /// <summary>Called by the framework.</summary>
    public static ValueTask<RequestActor> BindAsync(HttpContext context) =>
        ValueTask.FromResult(new RequestActor(context.Request.Headers[Actor.Header] is [{ } text] ? Actor.Of(Uri.UnescapeDataString(text)) : null));
}
