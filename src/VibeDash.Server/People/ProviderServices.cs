using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using VibeDash.Server.Startup;

namespace VibeDash.Server.People;

/// <summary>Sign-in with an OpenID Connect provider: authorization code with PKCE. Without one that is configured there is nothing of it.</summary>
internal static partial class ProviderServices
{
    /// <summary>Name of the scheme.</summary>
    public const string Scheme = "OpenIdConnect";

    /// <summary>Name of the provider's token in a session.</summary>
    public const string IdToken = "id_token";

    /// <summary>Path that leads to the provider.</summary>
    public const string StartPath = "/sign-in/provider";

    private const string CallbackPath = "/sign-in/provider/callback";

    /// <summary>Longest wait for an answer of the provider.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Registers the provider of section <c>OpenIdConnect</c>, when there is one.</summary>
    public static IServiceCollection AddProvider(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<ProviderOptions>(ProviderOptions.Section);
        services.AddScoped<ProviderSignIn>().AddScoped<ProviderSignOut>();
        if (configuration[$"{ProviderOptions.Section}:{nameof(ProviderOptions.Authority)}"] is not { Length: > 0 })
            return services;
        services.AddAuthentication().AddOpenIdConnect(Scheme, null, _ => { });
        services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<IOptions<ProviderOptions>>((client, provider) => Configure(client, provider.Value));
        return services;
    }

    /// <summary>Maps the path that leads to the provider, when there is one.</summary>
    public static void MapProvider(this IEndpointRouteBuilder endpoints)
    {
        // A link and no form: the Content-Security-Policy would have to name each address that the provider sends the browser on to.
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<ProviderOptions>>().Value.IsConfigured)
            endpoints.MapGet(StartPath, StartAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static void Configure(OpenIdConnectOptions client, ProviderOptions provider)
    {
        client.Authority = provider.Authority;
        client.RequireHttpsMetadata = provider.Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        client.ClientId = provider.ClientId;
        client.ClientSecret = provider.ReadSecret();
        client.ResponseType = OpenIdConnectResponseType.Code;
        client.CallbackPath = CallbackPath;
        client.BackchannelTimeout = Longest;
        client.Scope.Clear();
        foreach (var scope in provider.EffectiveScopes)
            client.Scope.Add(scope);

        // By a visit, which brings Lax cookies along also over HTTP; a form of the provider would need cookies that only HTTPS has.
        client.ResponseMode = OpenIdConnectResponseMode.Query;
        foreach (var cookie in new[] { client.NonceCookie, client.CorrelationCookie })
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);

        // Signing out there is a link of ours; a page of the provider that signs out here would be one that any page can send.
        client.RemoteSignOutPath = client.SignedOutCallbackPath = default;

        // Some providers tell the groups only when they are asked once more.
        client.MapInboundClaims = false;
        client.GetClaimsFromUserInfoEndpoint = true;
        client.ClaimActions.MapUniqueJsonKey(provider.NameClaim, provider.NameClaim);
        client.ClaimActions.MapJsonKey(provider.RoleClaim, provider.RoleClaim);
        client.Events = new()
        {
            OnAuthorizationCodeReceived = CountAsync,
            OnTokenValidated = KeepTokenAsync,
            OnTicketReceived = SignInAsync,
            OnAccessDenied = denied => Refuse(denied, ProviderRefusal.Declined),
            OnRemoteFailure = FailAsync,
        };
    }

    private static async Task StartAsync(HttpContext context, FirstPerson first, ILogger<ProviderSignIn> logger, string? returnUrl)
    {
        // A link on a page of another site must not change who is signed in; and the first person is added with the set-up link.
        var target = LocalPath.Of(returnUrl);
        if (context.User.Identity is { IsAuthenticated: true, AuthenticationType: not KeyAuthentication.DisplayType } || !first.IsThere)
        {
            context.Response.Redirect(target);
            return;
        }

        try
        {
            await context.ChallengeAsync(Scheme, new() { RedirectUri = target });
        }
        catch (Exception fault) when (IsUnreachable(fault))
        {
            LogFault(logger, fault.Message);
            context.Response.Redirect(Address(ProviderRefusal.Unreachable, target));
        }
    }

    // Each costs the provider a request.
    private static Task CountAsync(AuthorizationCodeReceivedContext context) =>
        context.HttpContext.RequestServices.GetRequiredService<SignInLimits>().TryCount(context.HttpContext) ? Task.CompletedTask : Refuse(context, ProviderRefusal.TooMany);

    private static Task KeepTokenAsync(TokenValidatedContext context)
    {
        if (context.TokenEndpointResponse?.IdToken is { } token)
            context.Properties!.StoreTokens([new() { Name = IdToken, Value = token }]);
        return Task.CompletedTask;
    }

    private static async Task SignInAsync(TicketReceivedContext context)
    {
        // The session that this browser has ends with the new one: it was not looked at yet.
        var services = context.HttpContext.RequestServices;
        if ((await context.HttpContext.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal is { } before)
            context.HttpContext.User = before;
        var refusal = services.GetRequiredService<FirstPerson>().IsThere
            ? await services.GetRequiredService<ProviderSignIn>().SignInAsync(context.Principal ?? new ClaimsPrincipal(), context.Properties?.GetTokenValue(IdToken))
            : ProviderRefusal.Stale;
        context.HandleResponse();
        context.Response.Redirect(refusal is { } reason ? Address(reason, context.ReturnUri) : LocalPath.Of(context.ReturnUri));
    }

    private static Task FailAsync(RemoteFailureContext context)
    {
        var refusal = context.Failure switch
        {
            AuthenticationFailureException or OpenIdConnectProtocolInvalidNonceException => ProviderRefusal.Stale,
            { } fault when IsUnreachable(fault) => ProviderRefusal.Unreachable,
            _ => ProviderRefusal.Declined,
        };
        if (refusal != ProviderRefusal.Stale)
            LogFault(context.HttpContext.RequestServices.GetRequiredService<ILogger<ProviderSignIn>>(), context.Failure?.Message ?? "");
        return Refuse(context, refusal);
    }

    private static Task Refuse<TOptions>(HandleRequestContext<TOptions> context, ProviderRefusal refusal)
        where TOptions : AuthenticationSchemeOptions
    {
        var properties = context switch { RemoteFailureContext failed => failed.Properties, AccessDeniedContext denied => denied.Properties, _ => null };
        context.HandleResponse();
        context.Response.Redirect(Address(refusal, properties?.RedirectUri));
        return Task.CompletedTask;
    }

    private static bool IsUnreachable(Exception fault) => fault is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException;

    private static string Address(ProviderRefusal refusal, string? target) => $"/sign-in?refusal={refusal}&returnUrl={Uri.EscapeDataString(LocalPath.Of(target))}";

    [LoggerMessage(LogLevel.Warning, "The OpenID Connect provider signs nobody in: {Fault}")]
    private static partial void LogFault(ILogger logger, string fault);
}
