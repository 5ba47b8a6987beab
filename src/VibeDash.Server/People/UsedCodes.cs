using System.Collections.Concurrent;

namespace VibeDash.Server.People;

/// <summary>
/// The latest time step of which each person has used a code in this run: guards what the database cannot, two requests at once and a full disk.
/// Thread-safe.
/// </summary>
internal sealed class UsedCodes
{
    private readonly ConcurrentDictionary<string, long> _steps = new(StringComparer.Ordinal);

    /// <summary>Uses the code of a time step; false when it, or that of a later one, has been used.</summary>
    /// <param name="personId">Whose code it is.</param>
    /// <param name="step">Its time step.</param>
    /// <param name="oldest">The oldest time step whose code is good: earlier ones are forgotten.</param>
    public bool TryUse(string personId, long step, long oldest)
    {
        foreach (var old in _steps.Where(used => used.Value < oldest))
            _steps.TryRemove(old);
        while (true)
        {
            if (!_steps.TryGetValue(personId, out var last))
            {
                if (_steps.TryAdd(personId, step))
                    return true;
            }
            else if (step <= last)
            {
                return false;
            }
            else if (_steps.TryUpdate(personId, step, last))
            {
                return true;
            }
        }
    }
}
