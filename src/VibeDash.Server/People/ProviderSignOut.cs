using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace VibeDash.Server.People;

/// <summary>Signing out at the provider, too (OpenID Connect RP-Initiated Logout 1.0). Scoped to a request.</summary>
internal sealed partial class ProviderSignOut(IHttpContextAccessor accessor, IOptionsMonitor<OpenIdConnectOptions> clients, ILogger<ProviderSignOut> logger)
{
    // Signing out here does not wait for a provider that is down.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>Address that signs out the person of this request; null when they signed in otherwise, or the provider offers none or does not answer.</summary>
    public async Task<string?> AddressAsync()
    {
        var context = accessor.HttpContext!;
        var session = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (session.Properties?.GetTokenValue(ProviderServices.IdToken) is not { } token || clients.Get(ProviderServices.Scheme) is not { ConfigurationManager: { } manager } client)
            return null;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            limit.CancelAfter(Longest);
            var provider = await manager.GetConfigurationAsync(limit.Token);
            return string.IsNullOrEmpty(provider.EndSessionEndpoint) ? null : new OpenIdConnectMessage
            {
                IssuerAddress = provider.EndSessionEndpoint,
                ClientId = client.ClientId,
                IdTokenHint = token,
                PostLogoutRedirectUri = $"{context.Request.Scheme}://{context.Request.Host}/sign-in",
                EnableTelemetryParameters = false,
            }.BuildRedirectUrl();
        }
        catch (Exception fault) when (fault is InvalidOperationException or OperationCanceledException or HttpRequestException or IOException)
        {
            LogFault(fault.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Nobody can be signed out at the OpenID Connect provider: {Fault}")]
    private partial void LogFault(string fault);
}
