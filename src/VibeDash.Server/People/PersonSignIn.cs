using System.Buffers.Binary;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using VibeDash.Core.Contract;
using VibeDash.Server.Refusals;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.People;

/// <summary>Signing in; refuses people whom an administrator has locked out. Each sign-in is a new session.</summary>
internal sealed partial class PersonSignIn(
    UserManager<Person> people,
    IHttpContextAccessor context,
    IUserClaimsPrincipalFactory<Person> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<Person>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Person> confirmation,
    IOptions<PasswordHasherOptions> hasher,
    SessionStore sessions,
    PersonRecord record,
    AttemptTurns turns,
    PeopleContext database)
    : SignInManager<Person>(people, context, claims, options, logger, schemes, confirmation)
{
    private static readonly Person Nobody = new() { UserName = "nobody" };

    private readonly IAuthenticationSchemeProvider _schemes = schemes;

    /// <inheritdoc/>
    public override async Task<bool> CanSignInAsync(Person user) => !user.IsBlocked && await base.CanSignInAsync(user);

    /// <inheritdoc/>
    public override async Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure)
    {
        var person = await UserManager.FindByNameAsync(userName);
        if (person is { IsBlocked: false, PasswordHash: not null } && !await UserManager.IsLockedOutAsync(person))
        {
            var result = await CountedAsync(() => PasswordSignInAsync(person, password, isPersistent, lockoutOnFailure));
            if (!result.RequiresTwoFactor)
                await RecordAsync(person, result);
            return result;
        }

        // As long as for a person who exists, or the time of the answer would tell which names do.
        UserManager.PasswordHasher.VerifyHashedPassword(Nobody, HashOfNothing(), password);
        if (person is not null)
            await RecordAsync(person, SignInResult.Failed);
        return SignInResult.Failed;
    }

    /// <inheritdoc/>
    public override async Task<SignInResult> CheckPasswordSignInAsync(Person user, string password, bool lockoutOnFailure)
    {
        using var turn = await TakeTurnAsync(user);
        return await base.CheckPasswordSignInAsync(user, password, lockoutOnFailure);
    }

    /// <summary>Signs in with the code of an authenticator app, or with a recovery code, after the password.</summary>
    public async Task<SignInResult> CodeSignInAsync(string code, bool isPersistent)
    {
        if (await GetTwoFactorAuthenticationUserAsync() is not { } person)
            return SignInResult.Failed;
        using var turn = await TakeTurnAsync(person);
        var result = !await CanSignInAsync(person) || await UserManager.IsLockedOutAsync(person) ? SignInResult.Failed : await CountedAsync(() => TryCodeAsync(person, code, isPersistent));
        await RecordAsync(person, result);
        return result;
    }

    /// <inheritdoc/>
    public override async Task SignInWithClaimsAsync(Person user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        if (Context.User.FindFirstValue(SessionStore.Claim) is { } before)
            await sessions.EndAsync(before);
        var principal = await CreateUserPrincipalAsync(user);
        ((ClaimsIdentity)principal.Identity!).AddClaims(additionalClaims);

        // The handler of this request has read the cookie already.
        FreshCookie.Begin(Context);
        var handler = ActivatorUtilities.CreateInstance<CookieAuthenticationHandler>(Context.RequestServices);
        await handler.InitializeAsync((await _schemes.GetSchemeAsync(AuthenticationScheme))!, Context);
        await handler.SignInAsync(principal, authenticationProperties ?? new());
        FreshCookie.End(Context);
        Context.User = principal;
    }

    /// <summary>Ends all sessions of the person who makes the request, and begins a new one in this browser.</summary>
    public async Task BeginAnewAsync(Person person)
    {
        var isPersistent = (await Context.AuthenticateAsync(AuthenticationScheme)).Properties?.IsPersistent == true;
        await sessions.EndOfAsync(person.Id);
        await SignInAsync(person, isPersistent);
    }

    /// <inheritdoc/>
    protected override async Task ResetLockout(Person user)
    {
        try
        {
            await base.ResetLockout(user);
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            // On a full disk the right password counts all the same.
            LogFault(Logger, StorageFault.Describe(fault));
        }
    }

    // On a full disk a failed attempt cannot be counted, nor a recovery code used up. Then only the limit of each address slows down guessing.
    private async Task<SignInResult> CountedAsync(Func<Task<SignInResult>> attempt)
    {
        try
        {
            return await attempt();
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            LogFault(Logger, StorageFault.Describe(fault));
            return SignInResult.Failed;
        }
    }

    // Another attempt may have been counted since the person was read.
    private async Task<IDisposable> TakeTurnAsync(Person person)
    {
        var turn = await turns.TakeAsync(person.Id, Context.RequestAborted);
        await database.Entry(person).ReloadAsync();
        return turn;
    }

    private async Task<SignInResult> TryCodeAsync(Person person, string code, bool isPersistent)
    {
        var digits = code.Replace(" ", "", StringComparison.Ordinal).Trim();
        if (digits.Length == 6)
            return await TwoFactorAuthenticatorSignInAsync(digits, isPersistent, rememberClient: false);
        var result = await TwoFactorRecoveryCodeSignInAsync(digits);
        if (!result.Succeeded)
            await UserManager.AccessFailedAsync(person);
        return result;
    }

    // A refusal is not waited for: the time of the answer would tell that the name exists.
    private Task RecordAsync(Person person, SignInResult result)
    {
        var actor = new Actor(person.UserName!) { Origin = RequestActor.Origin(Context) };
        var recorded = record.AddAsync("SignIn", actor, refusal: result.Succeeded ? null : RefusalCode.NotPermitted);
        return result.Succeeded ? recorded : Task.CompletedTask;
    }

    // The framework's own form, version 3: PBKDF2 with SHA-512, a salt of 16 bytes and a key of 32, which no password has.
    private string HashOfNothing()
    {
        var hash = new byte[13 + 16 + 32];
        hash[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(1), 2);
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(5), hasher.Value.IterationCount);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(9), 16);
        return Convert.ToBase64String(hash);
    }

    [LoggerMessage(LogLevel.Warning, "The number of failed sign-ins could not be stored: {Fault}")]
    private static partial void LogFault(ILogger logger, string fault);
}
