using VibeDash.Core.Contract;
using VibeDash.Core.Payloads;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.DeadLetters;

/// <summary>A dead letter on its way through the event loop once more, with all of its readings: they and the letter change in one transaction.</summary>
/// <param name="letterId">The letter.</param>
/// <param name="outcomes">What the parser makes of it now.</param>
/// <param name="attempts">How many attempts this makes.</param>
/// <param name="at">Server time of this one.</param>
internal sealed class ReplayCommand(long letterId, IReadOnlyList<ReadingOutcome> outcomes, int attempts, DateTimeOffset at) : Command<ReplayResult>
{
    /// <summary>The letter.</summary>
    public long LetterId => letterId;

    /// <summary>What the parser makes of it now.</summary>
    public IReadOnlyList<ReadingOutcome> Outcomes => outcomes;

    /// <summary>How many attempts this makes.</summary>
    public int Attempts => attempts;

    /// <summary>Server time of this attempt.</summary>
    public DateTimeOffset At => at;
}
