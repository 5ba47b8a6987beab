using VibeDash.Core.Payloads;

namespace VibeDash.Core.Sparkplug;

/// <summary>What a Sparkplug host makes of a message.</summary>
/// <param name="Outcomes">Readings, rejections, and word of sensors, in order.</param>
/// <param name="AskForRebirth">True when its edge node is to be asked for a rebirth now.</param>
public sealed record SparkplugAnswer(IReadOnlyList<ReadingOutcome> Outcomes, bool AskForRebirth);
