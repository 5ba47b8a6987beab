using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using VibeDash.Core.People;

namespace VibeDash.Server.People;

/// <summary>Signs in a program by the key in <c>Authorization: Bearer</c>.</summary>
internal sealed class KeyAuthentication(KeyBook keys, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string SchemeName = "Key";

    private const string Bearer = "Bearer ";

    /// <summary>True when a request is signed in so.</summary>
    public static bool Serves(HttpContext context) => context.Request.Headers.Authorization is [{ } value] && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        keys.Find(Request.Headers.Authorization.ToString()[Bearer.Length..].Trim()) is not { } key
            ? AuthenticateResult.Fail("The key is unknown, revoked or has expired.")
            : AuthenticateResult.Success(new(new ClaimsPrincipal(PersonClaims.Identity(SchemeName, key.Id, key.Name, key.Permissions, PlaceLimit.Parse(key.Places))), SchemeName)));

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
