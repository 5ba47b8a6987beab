using System.Security.Claims;

namespace VibeDash.Server.People;

/// <summary>Whether a sign-in still holds, for connections that outlive the request that opened them. Thread-safe.</summary>
internal sealed class SignIns(SessionStore sessions, KeyBook keys, FirstPerson first, OpenConnections connections)
{
    /// <summary>
    /// Adds a connection, which is closed when its sign-in ends.
    /// </summary>
    /// <param name="principal">Whose it is.</param>
    /// <param name="abort">Closes it; may be called on any thread, more than once, and after its end.</param>
    /// <returns>To be disposed at its end.</returns>
    public IDisposable Add(ClaimsPrincipal principal, Action abort)
    {
        var connection = connections.Add(principal, abort);

        // It may have ended after the request was let in and before the connection was known.
        if (!Holds(principal))
            abort();
        return connection;
    }

    /// <summary>Adds the connection of a key that does not come over HTTP.</summary>
    /// <inheritdoc cref="Add"/>
    public IDisposable AddKey(string key, Action abort)
    {
        var connection = connections.Add(key, session: null, abort);
        if (!keys.IsValid(key))
            abort();
        return connection;
    }

    private bool Holds(ClaimsPrincipal principal) => principal.Identity?.AuthenticationType switch
    {
        DemoPerson.SchemeName => !first.IsThere,
        KeyAuthentication.SchemeName or KeyAuthentication.DisplayType => principal.Id() is { } id && keys.IsValid(id),
        _ => principal.FindFirstValue(SessionStore.Claim) is not { } session || sessions.Has(session),
    };
}
