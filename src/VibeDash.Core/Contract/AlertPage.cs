using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>Alerts, newest first.</summary>
/// <param name="Items">The alerts.</param>
/// <param name="More">True when there are older ones: ask again with <see cref="AlertQuery.Before"/> the last id.</param>
public sealed record AlertPage(Alert[] Items, bool More);
