using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Core.People;
using VibeDash.Server.Refusals;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.People;

/// <summary>People and keys in the name of who makes the request. Scoped to a request.</summary>
internal sealed class PersonService(
    IHttpContextAccessor accessor,
    UserManager<Person> people,
    IDbContextFactory<PeopleContext> contexts,
    SessionStore sessions,
    OpenConnections connections,
    FirstPerson first,
    KeyBook keys,
    DisplayPairings pairings,
    PersonRecord record,
    TimeProvider time) : IPersonApi
{
    /// <summary>Held by whoever changes people: two administrators who demote each other at once must not both succeed.</summary>
    public static readonly SemaphoreSlim One = new(1, 1);

    private HttpContext Context => accessor.HttpContext ?? throw new InvalidOperationException("Not in a request.");

    private Actor By => RequestActor.Of(Context).Actor;

    public Task<SignedIn> GetSignedInAsync(CancellationToken cancellationToken = default) =>
        accessor.HttpContext?.User.ToSignedIn() is { } person
            ? Task.FromResult(person)
            : Task.FromException<SignedIn>(new HttpRequestException("Nobody is signed in.", null, HttpStatusCode.Unauthorized));

    public async Task<PersonAccount[]> GetPeopleAsync(CancellationToken cancellationToken = default)
    {
        var counts = sessions.Counts();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var all = await context.Users.AsNoTracking().ToListAsync(cancellationToken);
        var passkeys = await context.UserPasskeys.GroupBy(passkey => passkey.UserId).ToDictionaryAsync(own => own.Key, own => own.Count(), cancellationToken);
        var providers = await context.UserLogins.ToDictionaryAsync(login => login.UserId, login => login.ProviderDisplayName, cancellationToken);
        return
        [
            .. all.OrderBy(person => person.UserName, StringComparer.OrdinalIgnoreCase)
                .Select(person => Account(person, counts.GetValueOrDefault(person.Id)) with { Provider = providers.GetValueOrDefault(person.Id), Passkeys = passkeys.GetValueOrDefault(person.Id) }),
        ];
    }

    public async Task<Answer<PersonAccount>> AddPersonAsync(NewPerson person, CancellationToken cancellationToken = default)
    {
        if (person.Fault() is { } fault)
            return Refusal.Invalid(fault);

        await One.WaitAsync(cancellationToken);
        try
        {
            // The first one is added by nobody but themselves.
            var isFirst = !first.IsThere;
            if (!isFirst && Context.User.Identity is not { IsAuthenticated: true })
                return Refusal.Of(RefusalCode.SignInRequired);
            var by = isFirst ? new Actor(person.Name.Trim()) { Origin = RequestActor.Origin(Context) } : By;
            var added = Person.Of(person, UnixMicroseconds.Now(time));
            if (Refused(await people.CreateAsync(added, person.Password), added.UserName!) is { } refusal)
                return refusal;

            if (isFirst)
            {
                first.LookAgain();
                connections.CloseAll();
            }

            await record.AddAsync("AddPerson", by, added.UserName, after: PersonRecord.State.Of(added));
            return Account(added, 0);
        }
        finally
        {
            One.Release();
        }
    }

    public async Task<Answer<PersonAccount>> ChangePersonAsync(string personId, PersonEdit edit, CancellationToken cancellationToken = default)
    {
        if (edit.Fault() is { } fault)
            return Refusal.Invalid(fault);
        var by = By;
        await One.WaitAsync(cancellationToken);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
            if (await context.Users.AsNoTracking().SingleOrDefaultAsync(other => other.Id == personId, CancellationToken.None) is not { } person)
                return Refusal.Of(RefusalCode.PersonUnknown, personId);
            var provider = await ProviderOfAsync(context, personId);
            if (provider is not null && (edit.Role is not null || edit.Password is not null || edit.HasSecondFactor is not null || edit.HasPasskeys is not null))
                return Refusal.Of(RefusalCode.PersonOfProvider, provider);
            if ((edit.IsBlocked == true || (edit.Role is { } role && role != Role.Administrator)) && await IsLastAdministratorAsync(context, person))
                return Refusal.Of(RefusalCode.LastAdministrator);
            if (edit.Password is { } password && await new CommonPasswords().ValidateAsync(people, person, password) is { Succeeded: false } common && Refused(common, "") is { } refusal)
                return refusal;

            // One statement: the framework's update fails when a wrong password is counted meanwhile, which who is to be locked out could bring about.
            var before = PersonRecord.State.Of(person);
            (person.Role, person.IsBlocked, person.TwoFactorEnabled) = (edit.Role ?? person.Role, edit.IsBlocked ?? person.IsBlocked, edit.HasSecondFactor ?? person.TwoFactorEnabled);
            person.Places = edit.Places is { } places ? PlaceLimit.Of(places)?.Text : person.Places;
            if (person is { Role: Role.Administrator, Places: not null })
                return Refusal.Invalid(FieldFault.Of("places", FaultCode.PlacesNotAllowed));
            var (hash, stamp, concurrency) = (edit.Password is null ? null : people.PasswordHasher.HashPassword(person, edit.Password), Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
            await context.Users.Where(row => row.Id == personId).ExecuteUpdateAsync(
                update =>
                {
                    update.SetProperty(row => row.SecurityStamp, stamp).SetProperty(row => row.ConcurrencyStamp, concurrency);
                    if (edit.Role is not null)
                        update.SetProperty(row => row.Role, person.Role);
                    if (edit.Places is not null)
                        update.SetProperty(row => row.Places, person.Places);
                    if (edit.IsBlocked is not null)
                        update.SetProperty(row => row.IsBlocked, person.IsBlocked);
                    if (edit.HasSecondFactor is not null)
                        update.SetProperty(row => row.TwoFactorEnabled, person.TwoFactorEnabled);
                    if (hash is not null)
                        update.SetProperty(row => row.PasswordHash, hash);
                },
                CancellationToken.None);
            if (edit.HasSecondFactor == false)
                await context.UserTokens.Where(token => token.UserId == personId).ExecuteDeleteAsync(CancellationToken.None);
            if (edit.HasPasskeys == false)
                await context.UserPasskeys.Where(passkey => passkey.UserId == personId).ExecuteDeleteAsync(CancellationToken.None);
            await sessions.EndOfAsync(personId);
            await record.AddAsync("ChangePerson", by, person.UserName, Detail(edit), before, PersonRecord.State.Of(person));
            return Account(person, 0) with { Provider = provider, Passkeys = await context.UserPasskeys.CountAsync(passkey => passkey.UserId == personId, CancellationToken.None) };
        }
        finally
        {
            One.Release();
        }
    }

    public async Task<Answer<PersonAccount>> RemovePersonAsync(string personId, CancellationToken cancellationToken = default)
    {
        var by = By;
        await One.WaitAsync(cancellationToken);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
            if (await context.Users.AsNoTracking().SingleOrDefaultAsync(other => other.Id == personId, CancellationToken.None) is not { } person)
                return Refusal.Of(RefusalCode.PersonUnknown, personId);
            if (await IsLastAdministratorAsync(context, person))
                return Refusal.Of(RefusalCode.LastAdministrator);
            await context.Users.Where(row => row.Id == personId).ExecuteDeleteAsync(CancellationToken.None);
            await sessions.EndOfAsync(personId);
            await record.AddAsync("RemovePerson", by, person.UserName, before: PersonRecord.State.Of(person));
            return Account(person, 0);
        }
        finally
        {
            One.Release();
        }
    }

    public Task<AccessKey[]> GetKeysAsync(CancellationToken cancellationToken = default) => Task.FromResult(keys.All().Select(Shown).ToArray());

    public async Task<Answer<MadeAccessKey>> MakeKeyAsync(NewAccessKey key, CancellationToken cancellationToken = default)
    {
        if (key.Fault() is { } fault)
            return Refusal.Invalid(fault);
        if (key.ExpiresAt <= time.GetUtcNow())
            return Refusal.Invalid(FieldFault.Of("expiresAt", FaultCode.NotInFuture));
        var by = By;
        if (await keys.AddAsync(key, by.Name, cancellationToken) is not { } made)
            return Refusal.Of(RefusalCode.TooManyKeys, KeyBook.Maximum);
        await record.AddAsync("MakeKey", by, made.Key.Id, made.Key.Name, after: StateOf(made.Key));
        return new MadeAccessKey(Shown(made.Key), made.Secret);
    }

    public async Task<Answer<AccessKey>> PairDisplayAsync(NewDisplay display, CancellationToken cancellationToken = default)
    {
        if (display.Fault() is { } fault)
            return Refusal.Invalid(fault);
        var by = By;
        var places = display.Places is { Length: > 0 } some ? some : by.Limit?.Places.ToArray();
        if (by.Limit is { } limit && (places is null or [] || Array.Find(places, place => !limit.Covers(place)) is not null))
            return Refusal.Of(RefusalCode.OutsidePlaces, string.Join("; ", places ?? []));
        if (pairings.Claim(display.Code) is not { } pairing)
            return Refusal.Of(RefusalCode.DisplayCodeUnknown);
        if (await keys.AddAsync(new(display.Name, [Permission.View]) { Places = places }, by.Name, cancellationToken) is not { } made)
        {
            pairing.IsClaimed = false;
            return Refusal.Of(RefusalCode.TooManyKeys, KeyBook.Maximum);
        }

        pairing.Key = made.Secret;
        await record.AddAsync("PairDisplay", by, made.Key.Id, made.Key.Name, after: StateOf(made.Key));
        return Shown(made.Key);
    }

    public async Task<Answer<AccessKey>> RevokeKeyAsync(string keyId, CancellationToken cancellationToken = default)
    {
        if (await keys.RevokeAsync(keyId) is not { } revoked)
            return Refusal.Of(RefusalCode.KeyUnknown, keyId);
        await record.AddAsync("RevokeKey", By, keyId, revoked.Name, before: StateOf(revoked));
        return Shown(revoked);
    }

    private static string? Detail(PersonEdit edit)
    {
        string?[] changes = [edit.Password is null ? null : "password set", edit.HasSecondFactor == false ? "second factor turned off" : null, edit.HasPasskeys == false ? "passkeys removed" : null];
        return changes.Any(change => change is not null) ? string.Join(", ", changes.OfType<string>()) : null;
    }

    /// <summary>The refusal of a result of the framework; null when it succeeded.</summary>
    public static Refusal? Refused(IdentityResult result, string name) =>
        result.Succeeded ? null
        : result.Errors.Any(error => error.Code is nameof(IdentityErrorDescriber.DuplicateUserName)) ? Refusal.Of(RefusalCode.PersonNameTaken, name)
        : result.Errors.Any(error => error.Code is nameof(IdentityErrorDescriber.PasswordMismatch)) ? Refusal.Invalid(FieldFault.Of("present", FaultCode.PasswordWrong))
        : result.Errors.Any(error => error.Code.StartsWith("Password", StringComparison.Ordinal)) ? Refusal.Invalid(FieldFault.Of("password", FaultCode.PasswordCommon))
        : result.Errors.Any(error => error.Code is nameof(IdentityErrorDescriber.ConcurrencyFailure)) ? Refusal.Of(RefusalCode.NotStoredInTime)
        : throw new InvalidOperationException(string.Join(" ", result.Errors.Select(error => error.Description)));

    private static PersonRecord.State StateOf(AccessKeyRow key) =>
        new(Permissions: $"{string.Join(' ', key.Permissions)}; publish {key.PublishFilter ?? "nothing"}; subscribe {key.SubscribeFilter ?? "nothing"}", Places: key.Places);

    private static PersonAccount Account(Person person, int count) =>
        new(person.Id, person.UserName!, person.Role, person.IsBlocked, person.TwoFactorEnabled, person.CreatedAt, count)
        {
            Places = PlaceLimit.Parse(person.Places)?.Places.ToArray(),
        };

    private AccessKey Shown(AccessKeyRow key) => new(key.Id, key.Name, key.Permissions)
    {
        PublishFilter = key.PublishFilter,
        SubscribeFilter = key.SubscribeFilter,
        Places = PlaceLimit.Parse(key.Places)?.Places.ToArray(),
        CreatedBy = key.CreatedBy,
        CreatedAt = key.CreatedAt,
        ExpiresAt = key.ExpiresAt,
        LastUsedAt = keys.LastUsed(key),
        RevokedAt = key.RevokedAt,
    };

    /// <summary>Display name of the provider with which a person signs in; null when they have a password.</summary>
    private static Task<string?> ProviderOfAsync(PeopleContext context, string personId) =>
        context.UserLogins.Where(login => login.UserId == personId).Select(login => login.ProviderDisplayName).SingleOrDefaultAsync(CancellationToken.None);

    // One with a password: the provider may be down, or take the role from all others.
    private static async Task<bool> IsLastAdministratorAsync(PeopleContext context, Person person) =>
        person is { Role: Role.Administrator, IsBlocked: false, PasswordHash: not null }
        && !await context.Users.AnyAsync(other => other.Role == Role.Administrator && !other.IsBlocked && other.PasswordHash != null && other.Id != person.Id);
}
