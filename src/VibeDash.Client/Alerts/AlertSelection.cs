using VibeDash.Core.Alerts;

namespace VibeDash.Client.Alerts;

/// <summary>The alerts a person has selected. Not thread-safe.</summary>
public sealed class AlertSelection
{
    private readonly HashSet<long> _ids = [];

    /// <summary>The selection has changed.</summary>
    public event Action? Changed;

    /// <summary>How many are selected.</summary>
    public int Count => _ids.Count;

    /// <summary>True when the alert of that id is selected.</summary>
    public bool Contains(long id) => _ids.Contains(id);

    /// <summary>Selects or leaves out one.</summary>
    public void Set(long id, bool isSelected)
    {
        if (isSelected ? _ids.Add(id) : _ids.Remove(id))
            Changed?.Invoke();
    }

    /// <summary>Selects these and no others.</summary>
    public void Replace(IEnumerable<Alert> alerts)
    {
        _ids.Clear();
        _ids.UnionWith(alerts.Select(alert => alert.Id));
        Changed?.Invoke();
    }

    /// <summary>Selects nothing.</summary>
    public void Clear() => Replace([]);

    /// <summary>Leaves out what is not shown any more: nobody acts on what they do not see.</summary>
    public void KeepOnly(IReadOnlyCollection<Alert> shown)
    {
        if (_ids.Count > 0)
            _ids.IntersectWith(shown.Select(alert => alert.Id));
    }
}
