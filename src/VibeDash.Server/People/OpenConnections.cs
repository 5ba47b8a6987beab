using System.Security.Claims;

namespace VibeDash.Server.People;

/// <summary>
/// The hub connections and event streams that are open, by session: the framework looks at an open connection never again, so what ends a session
/// closes its connections here. Thread-safe.
/// </summary>
internal sealed class OpenConnections
{
    private readonly Lock _lock = new();
    private readonly HashSet<Entry> _entries = [];

    /// <summary>Adds a connection.</summary>
    /// <param name="principal">Whose it is.</param>
    /// <param name="abort">Closes it; may be called on any thread, and after its end.</param>
    /// <returns>Removes it.</returns>
    public IDisposable Add(ClaimsPrincipal principal, Action abort) => Add(principal.Id(), principal.FindFirstValue(SessionStore.Claim), abort);

    /// <summary>Adds a connection of a person or a key.</summary>
    public IDisposable Add(string? owner, string? session, Action abort)
    {
        var entry = new Entry(this, owner, session, abort);
        lock (_lock)
            _entries.Add(entry);
        return entry;
    }

    /// <summary>Closes the connections of a person or a key.</summary>
    public void CloseOf(string id) => Close(entry => entry.Owner == id);

    /// <summary>Closes the connections of one session.</summary>
    public void CloseSession(string session) => Close(entry => entry.Session == session);

    /// <summary>Closes the connections of the demo person, and of all others who were there before the first person.</summary>
    public void CloseAll() => Close(_ => true);

    private void Close(Func<Entry, bool> which)
    {
        Entry[] closed;
        lock (_lock)
            closed = [.. _entries.Where(which)];
        foreach (var entry in closed)
        {
            try
            {
                entry.Abort();
            }
            catch (Exception)
            {
                // It has ended meanwhile; the others are still to be closed.
            }
        }
    }

    private sealed class Entry(OpenConnections all, string? owner, string? session, Action abort) : IDisposable
    {
        public string? Owner => owner;

        public string? Session => session;

        public void Abort() => abort();

        public void Dispose()
        {
            lock (all._lock)
                all._entries.Remove(this);
        }
    }
}
