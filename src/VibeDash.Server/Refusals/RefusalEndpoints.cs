using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.OpenApi;
using VibeDash.Core.Contract;

namespace VibeDash.Server.Refusals;

/// <summary>Refusals of endpoints.</summary>
internal static class RefusalEndpoints
{
    // Commands wait while nothing can be stored; a person should get a response in reasonable time.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Registers the refusal of requests that time out or end in an exception.</summary>
    public static IServiceCollection AddRefusals(this IServiceCollection services)
    {
        // RequestFaults logs them with a limit. The framework logs each one, so that repeated requests could fill the disk.
        services.Configure<ExceptionHandlerOptions>(handler => handler.SuppressDiagnosticsCallback = _ => true);
        return services.AddSingleton<RequestFaults>().AddRequestTimeouts().AddExceptionHandler<RefusalHandler>();
    }

    /// <summary>Marks an endpoint that waits for a commit, at most 10 seconds, and takes a <see cref="RequestActor"/>.</summary>
    public static RouteHandlerBuilder Writes(this RouteHandlerBuilder endpoint, params RefusalCode[] codes)
    {
        endpoint.WithRequestTimeout(new RequestTimeoutPolicy
        {
            Timeout = Longest, WriteTimeoutResponse = context => Refusal.Of(RefusalCode.NotStoredInTime).Problem().ExecuteAsync(context),
        });
        return endpoint
            .AddEndpointFilter((context, next) => context.Arguments.OfType<RequestActor>().Any(actor => !actor.IsValid)
                ? ValueTask.FromResult<object?>(Actor.Invalid().Problem())
                : next(context))
            .Refuses([RefusalCode.ActorInvalid, .. codes, RefusalCode.NotStoredInTime])
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = Actor.Header,
                    In = ParameterLocation.Header,
                    Required = true,
                    Description = $"Who does it: a name of 1 to {Actor.MaximumLength} characters, percent-encoded UTF-8.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    Example = JsonValue.Create("J%C3%B6rg"),
                });
                return Task.CompletedTask;
            });
    }

    /// <summary>Declares the problem responses of refusals.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params RefusalCode[] codes)
    {
        foreach (var status in codes.Select(RefusalStatus.Of).Distinct())
            _ = status == StatusCodes.Status400BadRequest ? endpoint.ProducesValidationProblem() : endpoint.ProducesProblem(status);
        return endpoint;
    }
}
