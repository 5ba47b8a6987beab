using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using VibeDash.Core.People;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.People;

/// <summary>
/// Signs in a program by the key in <c>Authorization: Bearer</c>, and a display by the one in its cookie. Browsers send cookies with cross-site requests, too, so only a
/// read-only key is accepted from one.
/// </summary>
internal sealed class KeyAuthentication(KeyBook keys, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string SchemeName = "Key";

    /// <summary>Authentication type of a display.</summary>
    public const string DisplayType = "Display";

    private const string Cookie = "vibedash-display";
    private const string Bearer = "Bearer ";

    // Browsers keep none longer; it is sent anew with each page.
    private static readonly TimeSpan CookieLength = TimeSpan.FromDays(400);

    /// <summary>True when a request is signed in by a key that it sends.</summary>
    public static bool Serves(HttpContext context) => context.Request.Headers.Authorization is [{ } value] && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    /// <summary>True when a request is that of a paired display.</summary>
    public static bool ServesDisplay(HttpContext context) =>
        context.Request.Cookies[Cookie] is { } key && context.RequestServices.GetRequiredService<KeyBook>().Find(key) is { } found && IsForLooking(found);

    /// <summary>Makes the browser of a request a display.</summary>
    public static void Remember(HttpContext context, string key) => context.Response.Cookies.Append(Cookie, key, Protected(context, CookieLength));

    /// <summary>Options of a cookie that no script reads.</summary>
    public static CookieOptions Protected(HttpContext context, TimeSpan length) =>
        new() { HttpOnly = true, SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true, MaxAge = length };

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var isDisplay = !Serves(Context);
        var text = isDisplay ? Request.Cookies[Cookie] : Request.Headers.Authorization.ToString()[Bearer.Length..].Trim();
        if (text is null || keys.Find(text) is not { } key || (isDisplay && !IsForLooking(key)))
            return Task.FromResult(AuthenticateResult.Fail("The key is unknown, revoked or has expired."));
        if (isDisplay && HttpMethods.IsGet(Request.Method) && Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            Remember(Context, text);
        var identity = PersonClaims.Identity(isDisplay ? DisplayType : SchemeName, key.Id, key.Name, key.Permissions, PlaceLimit.Parse(key.Places));
        return Task.FromResult(AuthenticateResult.Success(new(new ClaimsPrincipal(identity), SchemeName)));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private static bool IsForLooking(AccessKeyRow key) => key.Permissions is [Permission.View];
}
