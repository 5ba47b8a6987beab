using Microsoft.AspNetCore.Authentication.Cookies;

namespace VibeDash.Server.People;

/// <summary>
/// Hides the cookie of a request from a sign-in, which otherwise gives the new session the old key: a copy of a Viewer's cookie would become that of the
/// administrator who signs in at the same browser.
/// </summary>
internal sealed class FreshCookie : ICookieManager
{
    private const string Mark = "vibedash.signing-in";

    private readonly ChunkingCookieManager _inner = new();

    /// <summary>From now on the request has no cookie.</summary>
    public static void Hide(HttpContext context) => context.Items[Mark] = true;

    /// <inheritdoc/>
    public string? GetRequestCookie(HttpContext context, string key) => context.Items.ContainsKey(Mark) ? null : _inner.GetRequestCookie(context, key);

    /// <inheritdoc/>
    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) => _inner.AppendResponseCookie(context, key, value, options);

    /// <inheritdoc/>
    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _inner.DeleteCookie(context, key, options);
}
