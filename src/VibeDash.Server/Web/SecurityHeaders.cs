using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace VibeDash.Server.Web;

/// <summary>What a browser may do with an answer: run the scripts of this server only, show it in no frame, guess no content type, and give it to no other origin.</summary>
internal static class SecurityHeaders
{
    // For what is no page. Nothing in it is run, whatever it holds.
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    // Of the page of the API, in Development only: its script is from this server, and sets styles and an inline start.
    private const string ApiPage =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src blob:; "
        + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // The two style elements that ApexCharts 4.7.0 adds to a page; another version has others, which the tests of the pages report.
    private const string ChartStyles = "'sha256-TBymqJXQvXKxe+z+3ydUYBErlkFFu110c5FjiVB8p+M=' 'sha256-aSysLrDECVdJ6L+jLf8CC5QKLmwRuk/OZiZk9mYky8A='";

    private static readonly ConcurrentDictionary<string, string> Pages = new(StringComparer.Ordinal);

    /// <summary>Sets the headers of all answers.</summary>
    public static Task SetAsync(HttpContext context, RequestDelegate next)
    {
        // As late as possible: a fault clears the headers of its answer.
        context.Response.OnStarting(
            static state =>
            {
                var answered = (HttpContext)state;
                var headers = answered.Response.Headers;
                headers.ContentSecurityPolicy = Policy(answered);
                headers.XContentTypeOptions = "nosniff";

                // The framework sets another value with its antiforgery token.
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), serial=(), usb=()";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                return Task.CompletedTask;
            },
            context);
        return next(context);
    }

    private static string Policy(HttpContext context) =>
        context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) != true ? Nothing
        : context.Request.Path.StartsWithSegments("/scalar", StringComparison.OrdinalIgnoreCase) ? ApiPage
        : Pages.GetOrAdd(context.GetEndpoint()?.Metadata.GetMetadata<ImportMapDefinition>()?.ToString() ?? "", Page);

    // WebAssembly has to be compiled. The import map is the only inline script: it is allowed by its hash.
    private static string Page(string importMap)
    {
        var map = importMap.Length == 0 ? "" : $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(importMap)))}'";
        return $"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{map}; style-src 'self' {ChartStyles}; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    }
}
