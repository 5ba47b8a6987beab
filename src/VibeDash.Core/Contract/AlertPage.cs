using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>Alerts, newest first.</summary>
/// <param name="Items">The alerts.</param>
/// <param name="More">True when older alerts match, too: request them with <see cref="AlertQuery.Before"/> set to the last id.</param>
public sealed record AlertPage(Alert[] Items, bool More);
