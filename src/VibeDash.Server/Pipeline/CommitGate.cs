namespace VibeDash.Server.Pipeline;

/// <summary>
/// Held by the event loop from a commit until the live state shows it, and by a history query while it opens its database snapshot and
/// reads the live sequence number: so that both speak of the same readings, and a chart joins them without a gap or a double.
/// </summary>
internal sealed class CommitGate
{
    private readonly Lock _lock = new();

    /// <summary>Holds it until the scope is disposed.</summary>
    public Lock.Scope Hold() => _lock.EnterScope();

    /// <summary>Runs <paramref name="action"/> with no commit half done.</summary>
    public void Run(Action action)
    {
        lock (_lock)
            action();
    }
}
