using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Refusals;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.People;

/// <summary>
/// Signs in the person for whom the provider vouches: known by issuer and subject, which never change, and by no name or e-mail address, which the
/// provider may give to another. Scoped to a request.
/// </summary>
internal sealed partial class ProviderSignIn(
    IHttpContextAccessor accessor,
    UserManager<Person> people,
    IDbContextFactory<PeopleContext> contexts,
    PersonSignIn signIn,
    SessionStore sessions,
    PersonRecord record,
    IOptions<ProviderOptions> options,
    TimeProvider time,
    ILogger<ProviderSignIn> logger)
{
    private const int LongestSubject = 255;

    private ProviderOptions Provider => options.Value;

    /// <summary>Adds or updates the person, and begins a session.</summary>
    /// <param name="claims">The validated claims of the provider.</param>
    /// <param name="idToken">The token they come from, kept with the session for signing out at the provider.</param>
    /// <returns>Why not; null when the person is signed in.</returns>
    public async Task<ProviderRefusal?> SignInAsync(ClaimsPrincipal claims, string? idToken)
    {
        if (claims.FindFirst("sub") is not { Value: { Length: > 0 and <= LongestSubject } subject, Issuer: var issuer })
            return ProviderRefusal.Unreachable;
        var name = Actor.Of(claims.FindFirstValue(Provider.NameClaim))?.Name;
        var role = Provider.RoleOf(claims.FindAll(Provider.RoleClaim).Select(claim => claim.Value));
        await PersonService.One.WaitAsync();
        try
        {
            var (person, refusal) = await UpdateAsync(new(issuer, subject, Provider.DisplayName), name, role);
            var actor = new Actor(person?.UserName ?? name ?? subject) { Origin = RequestActor.Origin(accessor.HttpContext!) };
            var detail = $"with {Provider.DisplayName}, subject {subject}{(refusal is null ? "" : $": {refusal}")}";
            if (refusal is null)
                await signIn.SignInAsync(person!, Session(idToken));
            await record.AddAsync("SignIn", actor, detail: detail, refusal: refusal is null ? null : RefusalCode.NotPermitted);
            return refusal;
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            LogFault(StorageFault.Describe(fault));
            return ProviderRefusal.NotStored;
        }
        finally
        {
            PersonService.One.Release();
        }
    }

    // Nothing is written for a person whom nothing has changed for: they sign in on a full disk, too.
    private async Task<(Person? Person, ProviderRefusal? Refusal)> UpdateAsync(UserLoginInfo login, string? name, Role? role)
    {
        await using var context = await contexts.CreateDbContextAsync();
        var known = await context.UserLogins.Where(row => row.LoginProvider == login.LoginProvider && row.ProviderKey == login.ProviderKey)
            .Join(context.Users, row => row.UserId, person => person.Id, (_, person) => person).AsNoTracking().SingleOrDefaultAsync();
        if (known is { IsBlocked: true })
            return (known, ProviderRefusal.LockedOut);
        if (role is not { } granted)
        {
            // Whoever has lost all roles has none in their other browsers either.
            if (known is not null)
                await sessions.EndOfAsync(known.Id);
            return (known, ProviderRefusal.NoRole);
        }

        if (known is null)
            return await AddAsync(context, login, name, granted);
        await ChangeAsync(context, known, name, granted);
        return (known, null);
    }

    private async Task<(Person? Person, ProviderRefusal? Refusal)> AddAsync(PeopleContext context, UserLoginInfo login, string? name, Role role)
    {
        if (name is null)
            return (null, ProviderRefusal.NoName);
        if (await IsTakenAsync(context, name))
            return (null, ProviderRefusal.NameTaken);
        var person = new Person { UserName = name, NormalizedUserName = people.NormalizeName(name), Role = role, CreatedAt = UnixMicroseconds.Now(time) };
        context.Users.Add(person);
        context.UserLogins.Add(new() { LoginProvider = login.LoginProvider, ProviderKey = login.ProviderKey, ProviderDisplayName = login.ProviderDisplayName, UserId = person.Id });
        await context.SaveChangesAsync();
        await RecordAsync("AddPerson", name, null, null, person);
        return (person, null);
    }

    private async Task ChangeAsync(PeopleContext context, Person person, string? name, Role role)
    {
        // A name that another person has here is not taken over: this one goes on under the old one.
        var renamed = name is not null && name != person.UserName && (people.NormalizeName(name) == person.NormalizedUserName || !await IsTakenAsync(context, name)) ? name : null;
        if (renamed is null && role == person.Role)
            return;
        var (old, before) = (person.UserName!, PersonRecord.State.Of(person));
        person.SecurityStamp = Guid.NewGuid().ToString();
        (person.Role, person.UserName) = (role, renamed ?? old);
        var normalized = people.NormalizeName(person.UserName);
        await context.Users.Where(row => row.Id == person.Id).ExecuteUpdateAsync(update => update
            .SetProperty(row => row.Role, person.Role)
            .SetProperty(row => row.UserName, person.UserName)
            .SetProperty(row => row.NormalizedUserName, normalized)
            .SetProperty(row => row.SecurityStamp, person.SecurityStamp)
            .SetProperty(row => row.ConcurrencyStamp, Guid.NewGuid().ToString()));
        await sessions.EndOfAsync(person.Id);
        await RecordAsync("ChangePerson", person.UserName, renamed is null ? null : $"name was {old}", before, person);
    }

    private Task<bool> IsTakenAsync(PeopleContext context, string name)
    {
        var normalized = people.NormalizeName(name);
        return context.Users.AnyAsync(other => other.NormalizedUserName == normalized);
    }

    private Task RecordAsync(string command, string name, string? detail, PersonRecord.State? before, Person after)
    {
        var by = new Actor(name) { Origin = RequestActor.Origin(accessor.HttpContext!) };
        return record.AddAsync(command, by, name, detail is null ? $"by {Provider.DisplayName}" : $"by {Provider.DisplayName}, {detail}", before, PersonRecord.State.Of(after));
    }

    // The provider tells nobody here that it has removed somebody: it is asked again when the session ends.
    private AuthenticationProperties Session(string? idToken)
    {
        var properties = new AuthenticationProperties();
        SessionStore.EndsAt(properties, time.GetUtcNow().AddHours(Provider.SessionHours));
        if (idToken is not null)
            properties.StoreTokens([new() { Name = ProviderServices.IdToken, Value = idToken }]);
        return properties;
    }

    [LoggerMessage(LogLevel.Warning, "A person whom the provider vouches for could not be stored: {Fault}")]
    private partial void LogFault(string fault);
}
