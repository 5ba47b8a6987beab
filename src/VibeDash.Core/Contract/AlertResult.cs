using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>What came of a person's action on an alert.</summary>
/// <param name="Alert">The alert as it is now; null when there is none of that id.</param>
/// <param name="Fault">Why nothing was done, in one sentence; null when it was done.</param>
public sealed record AlertResult(Alert? Alert, string? Fault)
{
    /// <summary>True when nothing was done because there is no such alert or sensor.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>There is no such alert or sensor.</summary>
    /// <param name="what">Which.</param>
    public static AlertResult Unknown(string what) => new(null, $"There is no {what}.") { IsUnknown = true };
}
