using VibeDash.Core.Contract;
using VibeDash.Server.Refusals;

namespace VibeDash.Server.Web;

/// <summary>
/// Recognises requests that a page of another origin makes a browser send. Such a page cannot read an answer, but without this check it could change
/// something, or open a hub connection, which browsers do not limit to the origin.
/// </summary>
internal static class ForeignRequests
{
    /// <summary>True for a request that is refused to pages of other origins and comes from one. Programs, which send neither header, are not concerned.</summary>
    public static bool IsRefused(HttpRequest request) => IsForeign(request) && (!IsSafe(request) || IsLive(request) || (EmptyAnswers.IsApi(request) && !IsVisit(request)));

    /// <summary>
    /// True for a body of a content type that changes nothing here, and that a page of another origin may send without asking first: none, or one of a form.
    /// JSON cannot be sent so.
    /// </summary>
    public static bool HasUnreadBody(HttpContext context) =>
        !IsSafe(context.Request)
        && EmptyAnswers.IsApi(context.Request)
        && context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true
        && context.GetEndpoint()?.Metadata.GetMetadata<ReadsContentType>() is null
        && !(Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.MediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase));

    // A browser sends Sec-Fetch-Site to HTTPS and loopback addresses only, to others Origin with all that is not a plain GET.
    private static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0)
            return site.ToString() is not ("same-origin" or "none");
        var origin = request.Headers.Origin;
        return origin.Count > 0
            && !(Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var from)
                && Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own)
                && Uri.Compare(from, own, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0);
    }

    private static bool IsSafe(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);

    private static bool IsLive(HttpRequest request) =>
        request.Path.StartsWithSegments("/" + LiveHubMethods.Path, StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/api/v1/live", StringComparison.OrdinalIgnoreCase);

    // Somebody follows a link to a file: the page with the link gets nothing of it.
    private static bool IsVisit(HttpRequest request) => request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document";
}
