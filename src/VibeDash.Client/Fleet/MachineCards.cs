namespace VibeDash.Client.Fleet;

/// <summary>
/// The cards of a page, drawn a few at a time: drawing all of a large fleet in one go would keep the browser from everything else, an alert above all.
/// Not thread-safe: the browser has one thread.
/// </summary>
/// <param name="time">Clock of the slices.</param>
/// <param name="now">The server's clock.</param>
public sealed class MachineCards(TimeProvider time, Func<DateTimeOffset> now)
{
    /// <summary>How long cards are drawn before the browser may do something else.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(4);

    // A line more above the cards moves all of them: what that takes from the screen soon comes back.
    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(10);

    private readonly Dictionary<int, MachineCard> _cards = [];
    private readonly HashSet<int> _inView = [];
    private readonly Dictionary<int, long> _gone = [];

    // All cards, those in view too: looking at them once more costs nothing.
    private readonly Queue<int> _turns = [];
    private bool _drawing;

    /// <summary>The server's clock.</summary>
    public DateTimeOffset Now => now();

    /// <summary>The sensors on the cards that are in view, and then on those that have been a moment ago.</summary>
    public IEnumerable<string> SensorsInView =>
        from number in _inView.Concat(_gone.Where(gone => time.GetElapsedTime(gone.Value) < Lingering).Select(gone => gone.Key))
        from status in _cards[number].Group.Sensors
        select status.Sensor.SensorId;

    /// <summary>Number of the card that was added last.</summary>
    public int LastNumber { get; private set; }

    /// <summary>Adds a card.</summary>
    /// <returns>Its number.</returns>
    public int Add(MachineCard card)
    {
        _cards.Add(++LastNumber, card);
        _turns.Enqueue(LastNumber);
        return LastNumber;
    }

    /// <summary>Removes a card.</summary>
    public void Remove(int number)
    {
        _cards.Remove(number);
        _inView.Remove(number);
        _gone.Remove(number);
    }

    /// <summary>Takes note of what has come into view, and of what has gone from it.</summary>
    public void Saw(IEnumerable<int> come, IEnumerable<int> gone)
    {
        foreach (var number in gone.Where(_inView.Remove))
            _gone[number] = time.GetTimestamp();
        foreach (var number in come.Where(_cards.ContainsKey))
        {
            _gone.Remove(number);
            _inView.Add(number);
        }
    }

    /// <summary>
    /// Draws what has changed: in view all of it, of the rest what fits into one slice, in turn. Does nothing while it is at it already.
    /// </summary>
    public async Task DrawAsync()
    {
        if (_drawing)
            return;
        _drawing = true;
        try
        {
            var since = time.GetTimestamp();
            foreach (var number in _inView.ToArray())
            {
                if (time.GetElapsedTime(since) >= Slice)
                {
                    // A timer: what is only yielded to are other tasks, and the browser waits for all of them.
                    await Task.Delay(TimeSpan.FromMilliseconds(1), time);
                    since = time.GetTimestamp();
                }

                Draw(number);
            }

            for (var left = _turns.Count; left > 0 && time.GetElapsedTime(since) < Slice; left--)
            {
                var number = _turns.Dequeue();
                if (!_cards.ContainsKey(number))
                    continue;
                _turns.Enqueue(number);
                Draw(number);
            }
        }
        finally
        {
            _drawing = false;
        }
    }

    private void Draw(int number)
    {
        if (_cards.TryGetValue(number, out var card))
            card.Draw();
    }
}
