using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.People.Pages;
using VibeDash.Server.Refusals;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.People;

/// <summary>Who makes a request, and what they may do.</summary>
internal static class PeopleServices
{
    /// <summary>Name of the scheme that chooses the one of a request.</summary>
    internal const string Chosen = "VibeDash";

    // How soon a change of a person by another program is noticed; a change by this one ends sessions at once.
    private static readonly TimeSpan StampInterval = TimeSpan.FromMinutes(1);

    private const string SessionCookie = "vibedash";

    private static readonly TimeSpan SessionLength = TimeSpan.FromDays(14);

    /// <summary>Registers sign-in by cookie, key and, in Development, by itself; one policy for each <see cref="Permission"/>.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddPeopleDatabase().AddSingleton<FirstPerson>().AddSingleton<OpenConnections>().AddSingleton<SignIns>().AddSingleton<PersonRecord>();
        services.AddSingleton<SessionStore>().AddSingleton<SignInLimits>().AddSingleton<AttemptTurns>().AddSingleton<UsedCodes>().AddScoped<PasswordCheck>().AddScoped<PasskeySignIn>();
        services.AddSingleton<KeyBook>().AddSingleton<DisplayPairings>();
        services.AddHttpContextAccessor().AddScoped<IPersonApi, PersonService>();
        services.AddHostedService<PeopleClock>();

        services.AddIdentityCore<Person>(identity =>
            {
                identity.ClaimsIdentity.UserNameClaimType = PersonClaims.Name;
                identity.ClaimsIdentity.RoleClaimType = PersonClaims.Permission;
                identity.User.AllowedUserNameCharacters = "";

                // Length and a look at the common ones; composition rules make people choose "Summer2026!" (NIST SP 800-63B, 3.1.1.2).
                identity.Password = new() { RequiredLength = NewPerson.MinimumPassword, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 5 };
                identity.Lockout.MaxFailedAccessAttempts = 10;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddUserStore<PersonStore>()
            .AddSignInManager<PersonSignIn>()
            .AddDefaultTokenProviders()
            .AddTokenProvider<OneTimeCodes>(TokenOptions.DefaultAuthenticatorProvider)
            .AddPasswordValidator<CommonPasswords>()
            .AddClaimsPrincipalFactory<PersonClaims.Factory>();
        services.Configure<IdentityPasskeyOptions>(passkey =>
        {
            // For the host name of the request, which is one of this server. The sign-in page asks for no name, so the authenticator has to keep it.
            passkey.UserVerificationRequirement = passkey.ResidentKeyRequirement = "required";
        });
        services.Configure<SecurityStampValidatorOptions>(stamp =>
        {
            stamp.ValidationInterval = StampInterval;
            stamp.OnRefreshingPrincipal = refreshing =>
            {
                // A stream that is opened by this request is known by it.
                if (refreshing.CurrentPrincipal?.FindFirst(SessionStore.Claim) is { } session)
                    ((ClaimsIdentity)refreshing.NewPrincipal!.Identity!).AddClaim(session);
                return Task.CompletedTask;
            };
        });
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 210_000);

        services.AddDataProtection().SetApplicationName("VibeDash");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<StorageOptions>, ILoggerFactory>(
            (keys, storage, logging) => keys.XmlRepository = new FileSystemXmlRepository(PeopleDatabase.KeyFolder(storage.Value), logging));

        services.AddAuthentication(Chosen)
            .AddPolicyScheme(Chosen, null, policy => policy.ForwardDefaultSelector = Choose)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, DemoPerson>(DemoPerson.SchemeName, null)
            .AddIdentityCookies();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<SessionStore>(Configure);

        var policies = services.AddAuthorizationBuilder();
        foreach (var permission in Enum.GetValues<Permission>())
            policies.AddPolicy(permission.ToString(), policy => policy.RequireClaim(PersonClaims.Permission, permission.ToString()));

        policies.AddPolicy(PlaceLimit.Everywhere, policy => policy.RequireAssertion(context => context.User.Identity?.IsAuthenticated == true && Sight.Of(context.User).IsWhole));

        // What has no policy of its own, an unknown address included, is not for those who have not signed in.
        policies.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireClaim(PersonClaims.Permission, nameof(Permission.View)).Build());
        return services;
    }

    /// <summary>Prepares the database of people; reads sessions and keys.</summary>
    public static void PreparePeople(this IServiceProvider services)
    {
        PeopleDatabase.Prepare(services.GetRequiredService<IDbContextFactory<PeopleContext>>(), services.GetRequiredService<IOptions<StorageOptions>>().Value);
        services.GetRequiredService<SessionStore>().Load();
        services.GetRequiredService<KeyBook>().Load();
    }

    /// <summary>Checks what is asked for, and until there is a person serves nobody but this machine.</summary>
    public static void UsePeople(this IApplicationBuilder app)
    {
        app.Use(async (context, next) =>
        {
            if (!DemoPerson.IsFromThisMachine(context) && !context.RequestServices.GetRequiredService<FirstPerson>().IsThere)
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                await context.Response.WriteAsync("VibeDash is not set up yet. Until then it serves only the machine it runs on: open the set-up link of its console there.");
                return;
            }

            await next(context);
        });
        app.UseAuthorization();
    }

    /// <summary>Checks the tokens of forms. Somebody may have signed in or out in another tab since the page was sent: then it is sent anew, and says so.</summary>
    public static void UseForms(this IApplicationBuilder app)
    {
        app.UseAntiforgery();
        app.Use((context, next) =>
        {
            if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
                return next(context);
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = QueryHelpers.AddQueryString(LocalPath.Of(context.Request.Path + context.Request.QueryString), SignInLayout.Stale, "true");
            return Task.CompletedTask;
        });
    }

    private static string Choose(HttpContext context) =>
        KeyAuthentication.Serves(context) ? KeyAuthentication.SchemeName
        : DemoPerson.Serves(context) ? DemoPerson.SchemeName
        : KeyAuthentication.ServesDisplay(context) && !HasSession(context) ? KeyAuthentication.SchemeName
        : IdentityConstants.ApplicationScheme;

    // Somebody may sign in at a display; when their session has ended, it is a display again.
    private static bool HasSession(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        return options.CookieManager.GetRequestCookie(context, SessionCookie) is { } cookie
            && options.TicketDataFormat.Unprotect(cookie)?.Principal.FindFirst(SessionStore.CookieClaim) is { } key
            && context.RequestServices.GetRequiredService<SessionStore>().HasKey(key.Value);
    }

    private static void Configure(CookieAuthenticationOptions cookie, SessionStore sessions)
    {
        cookie.Cookie.Name = SessionCookie;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.ExpireTimeSpan = SessionLength;
        cookie.SlidingExpiration = true;
        cookie.SessionStore = sessions;
        cookie.CookieManager = new FreshCookie();
        cookie.LoginPath = "/sign-in";

        // The framework's check makes its services and a database context before it looks whether it is due: half a millisecond of each request.
        cookie.Events.OnValidatePrincipal = context => context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() - context.Properties.IssuedUtc < StampInterval ? Task.CompletedTask : SecurityStampValidator.ValidatePrincipalAsync(context);

        // The framework knows only some of the endpoints as an API, and would send the others to a page.
        cookie.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (status == StatusCodes.Status401Unauthorized && IsPage(context.Request))
            context.Response.Redirect(context.RedirectUri);
        else
            context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static bool IsPage(HttpRequest request) =>
        !EmptyAnswers.IsApi(request) && !request.Path.StartsWithSegments("/" + LiveHubMethods.Path) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
