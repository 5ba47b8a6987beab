using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using VibeDash.Core.People;

namespace VibeDash.Server.Refusals;

/// <summary>What an endpoint asks of who calls it.</summary>
internal static class Permits
{
    /// <summary>Refuses who lacks the permission: 401 without a sign-in, 403 with one.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(permission.ToString()).WithMetadata(Problem(StatusCodes.Status401Unauthorized), Problem(StatusCodes.Status403Forbidden));

    /// <summary>Names of the permissions that an endpoint asks for and the caller lacks.</summary>
    public static IEnumerable<string> Missing(HttpContext context) => (context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>() ?? [])
        .Select(asked => asked.Policy).OfType<string>().Where(policy => !context.User.IsInRole(policy));

    private static ProducesResponseTypeMetadata Problem(int status) => new(status, typeof(ProblemDetails), ["application/problem+json"]);
}
