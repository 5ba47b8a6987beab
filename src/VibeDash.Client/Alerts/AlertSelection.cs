using VibeDash.Core.Alerts;

namespace VibeDash.Client.Alerts;

/// <summary>The selected alerts. Not thread-safe.</summary>
public sealed class AlertSelection
{
    private readonly HashSet<long> _ids = [];

    /// <summary>The selection has changed.</summary>
    public event Action? Changed;

    /// <summary>Number of selected alerts.</summary>
    public int Count => _ids.Count;

    /// <summary>True when the alert with this id is selected.</summary>
    public bool Contains(long id) => _ids.Contains(id);

    /// <summary>Selects or deselects an alert.</summary>
    public void Set(long id, bool isSelected)
    {
        if (isSelected ? _ids.Add(id) : _ids.Remove(id))
            Changed?.Invoke();
    }

    /// <summary>Selects exactly these alerts.</summary>
    public void Replace(IEnumerable<Alert> alerts)
    {
        _ids.Clear();
        _ids.UnionWith(alerts.Select(alert => alert.Id));
        Changed?.Invoke();
    }

    /// <summary>Deselects all.</summary>
    public void Clear() => Replace([]);

    /// <summary>Deselects alerts that are no longer shown, so that no action applies to a hidden alert.</summary>
    public void KeepOnly(IReadOnlyCollection<Alert> shown)
    {
        if (_ids.Count > 0)
            _ids.IntersectWith(shown.Select(alert => alert.Id));
    }
}
