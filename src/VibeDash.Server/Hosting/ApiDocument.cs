using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;
using VibeDash.Core.People;
using VibeDash.Server.Refusals;
using VibeDash.Server.Status;

namespace VibeDash.Server.Hosting;

/// <summary>General information of the OpenAPI document.</summary>
internal static class ApiDocument
{
    /// <summary>Sets title, version and description.</summary>
    public static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "VibeDash";
        document.Info.Version = ServerStatusReader.Version;
        document.Info.Description = "Vibration readings, their history, and the alerts they raise. Times are ISO 8601; levels are in the sensor's unit.";
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["Key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key, made by an administrator. A browser is signed in by its cookie." },
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference("Key", document)] = [] }];
        return Task.CompletedTask;
    }

    /// <summary>Maps the page of the API, <c>/scalar</c>, in Development. All its parts come from this server: it asks no other host for anything.</summary>
    public static void MapApiPage(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
            app.MapScalarApiReference("/scalar", page => page.WithTitle("VibeDash").DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideClientButton()).Requires(Permission.View);
    }
}
