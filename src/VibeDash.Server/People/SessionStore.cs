using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.People;

/// <summary>
/// The sessions, on the server: the cookie holds only a random key. So a session ends at once, whoever has a copy of the cookie, and with it its open
/// connections. Kept in memory and in the database. Thread-safe.
/// </summary>
internal sealed partial class SessionStore(
    IDbContextFactory<PeopleContext> contexts, OpenConnections connections, IOptions<IdentityOptions> identity, TimeProvider time, ILogger<SessionStore> logger) : ITicketStore
{
    /// <summary>Type of the claim with the id of the session.</summary>
    public const string Claim = "session";

    /// <summary>Type of the claim in the cookie that has the key; the framework's.</summary>
    public const string CookieClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    /// <summary>How many sessions a person may have; the oldest gives way.</summary>
    public const int MaximumOfPerson = 20;

    private const string End = "vibedash.end";

    private readonly ConcurrentDictionary<string, AuthenticationTicket> _tickets = new(StringComparer.Ordinal);

    /// <summary>Makes a session that begins with these properties end then, whatever renews it.</summary>
    public static void EndsAt(AuthenticationProperties properties, DateTimeOffset end)
    {
        properties.ExpiresUtc = end;
        properties.Items[End] = end.ToString("O", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads the sessions that a restart left.</summary>
    public void Load()
    {
        using var context = contexts.CreateDbContext();
        var now = time.GetUtcNow();
        context.Sessions.Where(session => session.ExpiresAt < now).ExecuteDelete();
        foreach (var session in context.Sessions.AsNoTracking())
        {
            if (TicketSerializer.Default.Deserialize(session.Ticket) is { } ticket)
                _tickets[session.Id] = ticket;
        }
    }

    /// <inheritdoc/>
    public Task<string> StoreAsync(AuthenticationTicket ticket) => AddAsync(ticket, null, CancellationToken.None);

    /// <inheritdoc/>
    public Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken) =>
        AddAsync(ticket, httpContext.Connection.RemoteIpAddress?.ToString(), cancellationToken);

    /// <inheritdoc/>
    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        // One that was ended while its request ran stays ended, and none becomes that of another person.
        var id = IdOf(key);
        if (!_tickets.TryGetValue(id, out var old) || old.Principal.Id() != ticket.Principal.Id())
            return;
        Identify(ticket, id);

        // Each look at the security stamp renews it.
        if (ticket.Properties.GetString(End) is { } end)
            ticket.Properties.ExpiresUtc = DateTimeOffset.Parse(end, CultureInfo.InvariantCulture);
        _tickets.TryUpdate(id, ticket, old);
        await TryAsync(async context =>
        {
            var (bytes, expires) = (TicketSerializer.Default.Serialize(ticket), Expiry(ticket));
            await context.Sessions.Where(session => session.Id == id)
                .ExecuteUpdateAsync(update => update.SetProperty(session => session.Ticket, bytes).SetProperty(session => session.ExpiresAt, expires));
        });
    }

    /// <inheritdoc/>
    public Task<AuthenticationTicket?> RetrieveAsync(string key) =>
        Task.FromResult(_tickets.TryGetValue(IdOf(key), out var ticket) && ticket.Properties.ExpiresUtc > time.GetUtcNow() ? ticket : null);

    /// <inheritdoc/>
    public Task RemoveAsync(string key) => EndAsync(IdOf(key));

    /// <summary>True while there is a session with the key of a cookie.</summary>
    public bool HasKey(string key) => Has(IdOf(key));

    /// <summary>True while there is a session with this id.</summary>
    public bool Has(string id) => _tickets.ContainsKey(id);

    /// <summary>Number of sessions of each person.</summary>
    public Dictionary<string, int> Counts() => _tickets.Values.Where(ticket => ticket.Properties.ExpiresUtc > time.GetUtcNow()).CountBy(ticket => ticket.Principal.Id() ?? "").ToDictionary();

    /// <summary>Ends sessions.</summary>
    public async Task EndAsync(params IReadOnlyCollection<string> ids)
    {
        if (ids.Count == 0)
            return;
        Forget(ids);
        await using var context = await contexts.CreateDbContextAsync();
        await context.Sessions.Where(session => ids.Contains(session.Id)).ExecuteDeleteAsync();
    }

    /// <summary>Ends all sessions of a person, and closes their connections.</summary>
    public async Task EndOfAsync(string personId)
    {
        Forget([.. _tickets.Where(ticket => ticket.Value.Principal.Id() == personId).Select(ticket => ticket.Key)]);
        connections.CloseOf(personId);
        await using var context = await contexts.CreateDbContextAsync();
        await context.Sessions.Where(session => session.PersonId == personId).ExecuteDeleteAsync();
    }

    /// <summary>Ends the sessions that have expired.</summary>
    public Task TendAsync() => EndAsync([.. _tickets.Where(ticket => ticket.Value.Properties.ExpiresUtc <= time.GetUtcNow()).Select(ticket => ticket.Key)]);

    private static string IdOf(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static DateTimeOffset Expiry(AuthenticationTicket ticket) =>
        ticket.Properties.ExpiresUtc ?? throw new InvalidOperationException("A session without an end.");

    private static void Identify(AuthenticationTicket ticket, string id)
    {
        var claims = (ClaimsIdentity)ticket.Principal.Identity!;
        if (claims.FindFirst(Claim) is { } old)
            claims.RemoveClaim(old);
        claims.AddClaim(new(Claim, id));
    }

    private void Forget(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            _tickets.TryRemove(id, out _);
            connections.CloseSession(id);
        }
    }

    private async Task<string> AddAsync(AuthenticationTicket ticket, string? from, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var (id, personId) = (IdOf(key), ticket.Principal.Id() ?? throw new InvalidOperationException("A session of nobody."));
        Identify(ticket, id);
        await TryAsync(async context =>
        {
            var excess = await context.Sessions.Where(session => session.PersonId == personId).OrderByDescending(session => session.CreatedAt)
                .Select(session => session.Id).Skip(MaximumOfPerson - 1).ToArrayAsync(cancellationToken);
            context.Sessions.Add(new()
            {
                Id = id, PersonId = personId, Ticket = TicketSerializer.Default.Serialize(ticket), CreatedAt = UnixMicroseconds.Now(time), ExpiresAt = Expiry(ticket), From = from,
            });
            await context.SaveChangesAsync(cancellationToken);
            await EndAsync(excess);
        });
        _tickets[id] = ticket;

        // The person may have been locked out, changed or removed while the password was hashed.
        await TryAsync(async context =>
        {
            var stamp = ticket.Principal.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
            if (!await context.Users.AnyAsync(person => person.Id == personId && !person.IsBlocked && person.SecurityStamp == stamp, cancellationToken))
                await EndAsync(id);
        });
        return key;
    }

    // While the disk is full or read-only, people must be able to sign in and to look: the session then lasts until the restart.
    private async Task TryAsync(Func<PeopleContext, Task> write)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync();
            await write(context);
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            LogFault(StorageFault.Describe(fault));
        }
    }

    [LoggerMessage(LogLevel.Warning, "A session could not be stored: {Fault}")]
    private partial void LogFault(string fault);
}
