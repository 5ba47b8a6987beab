using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using VibeDash.Core.People;

namespace VibeDash.Server.People;

/// <summary>
/// Signs in a person by itself, so that a developer's first command needs no set-up: in Development only, for requests over loopback only, and only until
/// the first person has been added.
/// </summary>
internal sealed class DemoPerson(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string SchemeName = "Demo";

    private static readonly string[] Passed = ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "Via"];

    /// <summary>Name on record.</summary>
    public const string PersonName = "Demo person";

    /// <summary>True when a request is signed in so.</summary>
    public static bool Serves(HttpContext context) =>
        context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment()
        && IsFromThisMachine(context)
        && IsLoopbackName(context.Request.Host.Host)
        && !context.RequestServices.GetRequiredService<FirstPerson>().IsThere;

    /// <summary>True when a request comes from this machine, and not through a proxy or tunnel on it, as far as these say so.</summary>
    public static bool IsFromThisMachine(HttpContext context) =>
        (context.Connection.RemoteIpAddress is not { } from || IPAddress.IsLoopback(from)) && !Array.Exists(Passed, context.Request.Headers.ContainsKey);

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.Success(new(
        new ClaimsPrincipal(PersonClaims.Identity(SchemeName, "demo", PersonName, RolePermissions.Of(Role.Administrator))), SchemeName)));

    // A name of the plant may lead here, too, and with it the pages of others.
    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
