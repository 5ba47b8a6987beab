namespace VibeDash.Client.Fleet;

/// <summary>
/// The cards of a page, drawn a few at a time: drawing all of a large fleet in one go would keep the browser from everything else, an alert above all.
/// Not thread-safe: the browser has one thread.
/// </summary>
public sealed class MachineCards(TimeProvider time)
{
    /// <summary>How long cards are drawn before the browser may do something else: half of what it has for a picture.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(8);

    private readonly HashSet<MachineCard> _cards = [];
    private bool _drawing;

    /// <summary>Adds a card.</summary>
    public void Add(MachineCard card) => _cards.Add(card);

    /// <summary>Removes a card.</summary>
    public void Remove(MachineCard card) => _cards.Remove(card);

    /// <summary>Draws what has changed; does nothing while it is at it already.</summary>
    /// <param name="now">The server's clock.</param>
    public async Task DrawAsync(DateTimeOffset now)
    {
        if (_drawing)
            return;
        _drawing = true;
        try
        {
            var since = time.GetTimestamp();
            foreach (var card in _cards.ToArray())
            {
                if (time.GetElapsedTime(since) >= Slice)
                {
                    await Task.Yield();
                    since = time.GetTimestamp();
                }

                if (_cards.Contains(card))
                    card.Draw(now);
            }
        }
        finally
        {
            _drawing = false;
        }
    }
}
