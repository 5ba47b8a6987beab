using VibeDash.Core.Payloads;

namespace VibeDash.Core.Sparkplug;

/// <summary>Result of a message for a Sparkplug host.</summary>
/// <param name="Outcomes">Readings, rejections and status changes, in order.</param>
/// <param name="AskForRebirth">True to request a rebirth from its edge node now.</param>
public sealed record SparkplugAnswer(IReadOnlyList<ReadingOutcome> Outcomes, bool AskForRebirth);
