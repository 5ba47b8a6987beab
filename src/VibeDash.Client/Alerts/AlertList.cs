using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Alerts;

/// <summary>The alerts a list shows, newest first, with what happens to them merged in. Not thread-safe.</summary>
public sealed class AlertList(AlertFilter filter)
{
    private readonly List<Alert> _items = [];

    /// <summary>The alerts.</summary>
    public IReadOnlyList<Alert> Items => _items;

    /// <summary>True when there are older ones.</summary>
    public bool More { get; private set; }

    /// <summary>What to ask for the next older page.</summary>
    public long? Before => _items.Count == 0 ? null : _items[^1].Id;

    /// <summary>Starts again with the newest page.</summary>
    public void Replace(AlertPage page)
    {
        _items.Clear();
        Append(page);
    }

    /// <summary>Adds an older page.</summary>
    public void Append(AlertPage page)
    {
        _items.AddRange(page.Items);
        More = page.More;
    }

    /// <summary>Merges alerts as they are now.</summary>
    public void Apply(IEnumerable<Alert> changed)
    {
        foreach (var alert in changed)
        {
            var index = _items.FindIndex(known => known.Id == alert.Id);
            if (!filter.Passes(alert))
            {
                if (index >= 0)
                    _items.RemoveAt(index);
            }
            else if (index >= 0)
            {
                _items[index] = alert;
            }
            else if (!More || alert.Id > Before)
            {
                // Beyond the last page shown it will come with its own page.
                var place = _items.FindIndex(known => known.Id < alert.Id);
                _items.Insert(place < 0 ? _items.Count : place, alert);
            }
        }
    }
}
