using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Net.Http.Headers;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;

namespace VibeDash.Server.Refusals;

/// <summary>Gives the answers of the framework that have a status and no body, such as 404 and 405, the problem details of a refusal; 405 only for an address that has another method.</summary>
internal static class EmptyAnswers
{
    private const string Api = "/api";

    /// <summary>Fills empty answers of the API. Use it after the status code pages of the dashboard, which are for browsers.</summary>
    public static void UseApiProblems(this IApplicationBuilder app) => app.UseWhen(
        context => IsApi(context.Request),
        api => api
            .UseStatusCodePages(page => Problem(page.HttpContext).ExecuteAsync(page.HttpContext))
            .Use((context, next) => UnknownCharset(context) is { } fault ? Refusal.Invalid(fault).Problem().ExecuteAsync(context) : next(context)));

    /// <summary>True for a request to the API.</summary>
    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase);

    /// <summary>The refusal that a status of the framework stands for, or null.</summary>
    public static Refusal? Of(HttpContext context, int status) => status switch
    {
        StatusCodes.Status400BadRequest => Refusal.Of(RefusalCode.RequestUnreadable),
        StatusCodes.Status401Unauthorized => Refusal.Of(RefusalCode.SignInRequired),
        StatusCodes.Status403Forbidden => Permits.Missing(context),
        StatusCodes.Status404NotFound => Refusal.Of(RefusalCode.AddressUnknown),
        StatusCodes.Status405MethodNotAllowed when !IsMapped(context) => Refusal.Of(RefusalCode.AddressUnknown),
        StatusCodes.Status405MethodNotAllowed => Refusal.Of(RefusalCode.MethodNotAllowed, context.Request.Method),
        StatusCodes.Status408RequestTimeout => Refusal.Of(RefusalCode.BodyNotReceived),
        StatusCodes.Status413PayloadTooLarge => Refusal.Of(RefusalCode.BodyTooLong, context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0),
        StatusCodes.Status415UnsupportedMediaType => Refusal.Of(RefusalCode.ContentTypeUnsupported, "application/json"),
        _ => null,
    };

    private static ProblemHttpResult Problem(HttpContext context) =>
        Of(context, context.Response.StatusCode)?.Problem() ?? TypedResults.Problem(statusCode: context.Response.StatusCode);

    // The pages have an endpoint for any address, which answers only GET: it makes a 405 of all other methods.
    private static bool IsMapped(HttpContext context)
    {
        var policies = context.RequestServices.GetRequiredService<ParameterPolicyFactory>();
        return context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern)
            .Any(pattern => pattern.RawText?.StartsWith(Api, StringComparison.OrdinalIgnoreCase) == true && Matches(pattern));

        bool Matches(RoutePattern pattern)
        {
            var values = new RouteValueDictionary();
            return new TemplateMatcher(new RouteTemplate(pattern), []).TryMatch(context.Request.Path, values)
                && pattern.Parameters.All(parameter => parameter.ParameterPolicies.All(reference =>
                    policies.Create(parameter, reference) is not IRouteConstraint constraint
                    || constraint.Match(context, null, parameter.Name, values, RouteDirection.IncomingRequest)));
        }
    }

    // The framework would throw while it reads the body; it knows no charset in quotes, either.
    private static FieldFault? UnknownCharset(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not null
        && MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.HasValue && !IsKnown(type.Charset.ToString())
            ? FieldFault.Of("Content-Type", FaultCode.CharsetUnknown)
            : null;

    private static bool IsKnown(string charset)
    {
        try
        {
            Encoding.GetEncoding(charset);
            return true;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
