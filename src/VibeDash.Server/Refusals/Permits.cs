using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using VibeDash.Core.Contract;
using VibeDash.Core.People;

namespace VibeDash.Server.Refusals;

/// <summary>What an endpoint asks of who calls it.</summary>
internal static class Permits
{
    /// <summary>Refuses who lacks the permission: 401 without a sign-in, 403 with one.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(permission.ToString()).WithMetadata(Problem(StatusCodes.Status401Unauthorized), Problem(StatusCodes.Status403Forbidden));

    /// <summary>Refuses who is limited to places: it concerns the whole server.</summary>
    public static TBuilder RequiresEverywhere<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(PlaceLimit.Everywhere);

    /// <summary>Why an endpoint is not for the caller.</summary>
    public static Refusal Missing(HttpContext context)
    {
        string[] asked = [.. (context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>() ?? []).Select(data => data.Policy).OfType<string>()];
        string[] missing = [.. asked.Where(policy => policy != PlaceLimit.Everywhere && !context.User.IsInRole(policy))];
        return missing.Length == 0 && asked.Contains(PlaceLimit.Everywhere)
            ? Refusal.Of(RefusalCode.OutsidePlaces)
            : Refusal.Of(RefusalCode.NotPermitted, [.. missing.Take(1)]);
    }

    private static ProducesResponseTypeMetadata Problem(int status) => new(status, typeof(ProblemDetails), ["application/problem+json"]);
}
