using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Alerts;

/// <summary>The alerts of a list, newest first, with changes merged in. Not thread-safe.</summary>
/// <param name="filter">Selects them.</param>
/// <param name="location">The location of a sensor, by its id; empty when it is not known.</param>
public sealed class AlertList(AlertCriteria filter, Func<string, string> location)
{
    private readonly List<Alert> _items = [];

    /// <summary>The alerts.</summary>
    public IReadOnlyList<Alert> Items => _items;

    /// <summary>True when there are older alerts.</summary>
    public bool More { get; private set; }

    /// <summary>The <see cref="AlertQuery.Before"/> of the next older page.</summary>
    public long? Before => _items.Count == 0 ? null : _items[^1].Id;

    /// <summary>Replaces the list with the newest page.</summary>
    public void Replace(AlertPage page)
    {
        _items.Clear();
        Append(page);
    }

    /// <summary>Appends an older page.</summary>
    public void Append(AlertPage page)
    {
        _items.AddRange(page.Items);
        More = page.More;
    }

    /// <summary>Merges changed alerts.</summary>
    public void Apply(IEnumerable<Alert> changed)
    {
        foreach (var alert in changed)
        {
            var index = _items.FindIndex(known => known.Id == alert.Id);
            if (!filter.Passes(alert, location(alert.SensorId)))
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
                // An alert older than the last shown page comes with its own page.
                var place = _items.FindIndex(known => known.Id < alert.Id);
                _items.Insert(place < 0 ? _items.Count : place, alert);
            }
        }
    }
}
