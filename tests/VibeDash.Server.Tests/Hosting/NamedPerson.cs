using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VibeDash.Core.People;
using VibeDash.Server.People;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>Signs in whoever a request's header names, with all permissions: for tests whose subject is what people do, not whether they may.</summary>
internal sealed class NamedPerson(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The header; percent-encoded.</summary>
    public const string Header = "Tested-As";

    private const string SchemeName = "Named";

    /// <summary>Adds the scheme. Requests without the header are signed in as ever.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, NamedPerson>(SchemeName, null);
        services.PostConfigure<PolicySchemeOptions>(PeopleServices.Chosen, policy =>
        {
            var chosen = policy.ForwardDefaultSelector!;
            policy.ForwardDefaultSelector = context => context.Request.Headers.ContainsKey(Header) ? SchemeName : chosen(context);
        });
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var name = Uri.UnescapeDataString(Request.Headers[Header].ToString().Split(',')[^1].Trim());
        return Task.FromResult(AuthenticateResult.Success(new(
            new ClaimsPrincipal(PersonClaims.Identity(SchemeName, name, name, RolePermissions.Of(Role.Administrator))), SchemeName)));
    }
}
