using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace VibeDash.Tests.Shared;

/// <summary>An OpenID Connect provider on a loopback port, which asks nobody for a password: it vouches for whoever the test says.</summary>
public sealed class TestProvider : IAsyncLifetime
{
    private const string ClientId = "vibedash";
    private const string Secret = "the secret of this client";

    private readonly string _address = $"http://127.0.0.1:{LoopbackPort.Free()}/";
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private WebApplication? _app;

    /// <summary>Who is signed in here; null: they decline.</summary>
    internal Account? Person { get; set; }

    /// <summary>The roles are told at the userinfo endpoint, not in the token.</summary>
    internal bool TellsRolesWhenAsked { get; set; }

    /// <summary>Takes the place of the nonce that the client has sent.</summary>
    internal string? ForgedNonce { get; set; }

    /// <summary>The subjects who have signed out here.</summary>
    internal ConcurrentQueue<string> SignedOut { get; } = new();

    /// <summary>Settings of a VibeDash that is its client.</summary>
    internal (string Key, string Value)[] Settings =>
    [
        ("OpenIdConnect:Authority", _address), ("OpenIdConnect:ClientId", ClientId), ("OpenIdConnect:ClientSecret", Secret), ("OpenIdConnect:DisplayName", "Plant login"),
        ("OpenIdConnect:Roles:Viewer:0", "guests"), ("OpenIdConnect:Roles:Technician:0", "maintenance"), ("OpenIdConnect:Roles:Engineer:0", "urn:plant:engineers"),
        ("OpenIdConnect:Roles:Administrator:0", "owners"), ("OpenIdConnect:Roles:Administrator:1", "it"),
    ];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => await StartAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _key.Dispose();
    }

    internal async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(_address);
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            // Without a database: the handlers below are all it knows of clients.
            server.EnableDegradedMode();
            server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetUserInfoEndpointUris("userinfo").SetEndSessionEndpointUris("end-session");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().RegisterScopes(Scopes.Profile);
            server.AddSigningKey(new ECDsaSecurityKey(_key)).AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)));
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId)
                    context.Reject(Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                Authorize(context);
                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId || context.ClientSecret != Secret)
                    context.Reject(Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<HandleUserInfoRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (TellsRolesWhenAsked && Person is { } person)
                    context.Claims["roles"] = new OpenIddictParameter([.. person.Roles.Select(role => (string?)role)]);
                return default;
            }));
            server.AddEventHandler<ValidateEndSessionRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId)
                    context.Reject(Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<HandleEndSessionRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                SignedOut.Enqueue(context.IdentityTokenHintPrincipal?.GetClaim(Claims.Subject) ?? "nobody");
                context.SignOut();
                return default;
            }));
        });
        _app = builder.Build();
        _app.UseAuthentication();
        await _app.StartAsync();
    }

    internal async Task StopAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _app = null;
    }

    private void Authorize(HandleAuthorizationRequestContext context)
    {
        if (Person is not { } person)
        {
            context.Reject(Errors.AccessDenied);
            return;
        }

        if (ForgedNonce is not null)
            context.Request.Nonce = ForgedNonce;
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType);
        identity.SetClaim(Claims.Subject, person.Subject).SetClaim(Claims.Name, person.Name);
        if (!TellsRolesWhenAsked)
            identity.SetClaims("roles", [.. person.Roles]);
        identity.SetScopes(context.Request.GetScopes());
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        context.SignIn(new(identity));
    }

    /// <summary>A person there.</summary>
    internal sealed record Account(string Subject, string? Name, params string[] Roles);
}
