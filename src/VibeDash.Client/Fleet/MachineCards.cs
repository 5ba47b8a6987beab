namespace VibeDash.Client.Fleet;

/// <summary>
/// The cards of a page, rendered a few at a time: rendering a large fleet at once would block the browser, and so delay alerts.
/// Not thread-safe: the browser has one thread.
/// </summary>
/// <param name="time">Clock of the slices.</param>
/// <param name="now">The server's clock.</param>
public sealed class MachineCards(TimeProvider time, Func<DateTimeOffset> now)
{
    /// <summary>Maximum time of rendering before the browser may run other tasks.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(4);

    // A new line above the cards moves all of them for a moment. Cards that leave the view are therefore watched a little longer.
    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(10);

    private readonly Dictionary<int, MachineCard> _cards = [];
    private readonly HashSet<int> _inView = [];
    private readonly Dictionary<int, long> _gone = [];

    // All cards; checking those in view twice costs little.
    private readonly Queue<int> _turns = [];
    private bool _drawing;

    /// <summary>The server's clock.</summary>
    public DateTimeOffset Now => now();

    /// <summary>The sensors on the cards in view, followed by those on cards that have just left it.</summary>
    public IEnumerable<string> SensorsInView =>
        from number in _inView.Concat(_gone.Where(gone => time.GetElapsedTime(gone.Value) < Lingering).Select(gone => gone.Key))
        from status in _cards[number].Group.Sensors
        select status.Sensor.SensorId;

    /// <summary>Number of the last added card.</summary>
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

    /// <summary>Records which cards have entered and which have left the view.</summary>
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
    /// Renders changed cards: all of those in view, and of the others, in turn, as many as fit into one slice. Does nothing while it is running.
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
                    // A timer: Task.Yield would let only .NET tasks run, not the browser's.
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
