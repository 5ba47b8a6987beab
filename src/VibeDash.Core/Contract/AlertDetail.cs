using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>One alert with its journal.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Transitions">Its transitions, oldest first.</param>
public sealed record AlertDetail(Alert Alert, AlertTransition[] Transitions);
