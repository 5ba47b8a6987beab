using Microsoft.AspNetCore.Authentication.Cookies;

namespace VibeDash.Server.People;

/// <summary>
/// Makes each sign-in a new session. The framework would give it the key in the request's cookie: a copy of a Viewer's cookie would become that of the
/// administrator who signs in at the same browser.
/// </summary>
internal sealed class FreshCookie : ICookieManager
{
    private const string Mark = "vibedash.signing-in";

    private readonly ChunkingCookieManager _inner = new();

    private enum Step
    {
        SigningIn,
        SignedIn,
    }

    /// <summary>From now on the request has no cookie.</summary>
    public static void Begin(HttpContext context) => context.Items[Mark] = Step.SigningIn;

    /// <summary>
    /// From now on the response gets no other: the handler that has read the cookie of the request may want to renew it, and a browser keeps the last one.
    /// </summary>
    public static void End(HttpContext context) => context.Items[Mark] = Step.SignedIn;

    /// <inheritdoc/>
    public string? GetRequestCookie(HttpContext context, string key) => context.Items.ContainsKey(Mark) ? null : _inner.GetRequestCookie(context, key);

    /// <inheritdoc/>
    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options)
    {
        if (!Equals(context.Items[Mark], Step.SignedIn))
            _inner.AppendResponseCookie(context, key, value, options);
    }

    /// <inheritdoc/>
    public void DeleteCookie(HttpContext context, string key, CookieOptions options)
    {
        if (!Equals(context.Items[Mark], Step.SignedIn))
            _inner.DeleteCookie(context, key, options);
    }
}
