using Microsoft.AspNetCore.Http.Timeouts;
using VibeDash.Core.Contract;
using VibeDash.Core.People;

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

    /// <summary>Marks an endpoint that changes something: who calls it needs the permission, and it waits for a commit, at most 10 seconds.</summary>
    public static RouteHandlerBuilder Writes(this RouteHandlerBuilder endpoint, Permission permission, params RefusalCode[] codes)
    {
        endpoint.WithRequestTimeout(new RequestTimeoutPolicy
        {
            Timeout = Longest, WriteTimeoutResponse = context => Refusal.Of(RefusalCode.NotStoredInTime).Problem().ExecuteAsync(context),
        });
        return endpoint.Requires(permission).Refuses([.. codes, RefusalCode.NotStoredInTime]);
    }

    /// <summary>Declares the problem responses of refusals.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params RefusalCode[] codes)
    {
        foreach (var status in codes.Select(RefusalStatus.Of).Distinct())
            _ = status == StatusCodes.Status400BadRequest ? endpoint.ProducesValidationProblem() : endpoint.ProducesProblem(status);
        return endpoint;
    }
}
