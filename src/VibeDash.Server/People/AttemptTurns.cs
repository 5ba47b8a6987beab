namespace VibeDash.Server.People;

/// <summary>
/// Lets attempts to sign in as one person be made one after the other. The framework reads how many have failed, and writes that number plus one: of
/// two at once it would count one, and who guesses would have twice as many. Thread-safe.
/// </summary>
internal sealed class AttemptTurns
{
    // More people than attempts that run at a time: two persons seldom wait for each other.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the turn of a person.</summary>
    /// <returns>To be disposed after the attempt.</returns>
    public async Task<IDisposable> TakeAsync(string personId, CancellationToken cancelled)
    {
        var turn = _turns[(uint)personId.GetHashCode(StringComparison.Ordinal) % _turns.Length];
        await turn.WaitAsync(cancelled);
        return new Taken(turn);
    }

    private sealed class Taken(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
