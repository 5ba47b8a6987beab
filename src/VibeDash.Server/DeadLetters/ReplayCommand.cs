using System.Globalization;
using VibeDash.Core.Contract;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.DeadLetters;

/// <summary>Replays a dead letter: its readings and the letter itself change in one transaction.</summary>
/// <param name="letterId">The letter.</param>
/// <param name="outcomes">The outcomes of parsing the letter with the sources now in force.</param>
/// <param name="attempts">Number of attempts, this one included.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of this attempt.</param>
internal sealed class ReplayCommand(long letterId, IReadOnlyList<ReadingOutcome> outcomes, int attempts, Actor actor, DateTimeOffset at)
    : Command<ReplayResult>(actor, at)
{
    /// <summary>The letter.</summary>
    public long LetterId => letterId;

    /// <summary>Number of its readings and status reports.</summary>
    public int Readings => outcomes.Count;

    /// <inheritdoc/>
    protected override string? Subject => letterId.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override ReplayResult Execute(PipelineTransaction transaction)
    {
        var letters = transaction.Storage.DeadLetters;
        if (!letters.Exists(letterId))
            return ReplayResult.Gone;

        var (stored, duplicates) = (0, 0);
        Rejection? rejection = null;
        foreach (var outcome in outcomes)
        {
            // An old report of a sensor's connection status is no longer valid.
            if (outcome.StatusChange is not null)
                continue;

            // A machine state is valid from its own timestamp on.
            if (outcome.MachineState is { } change)
            {
                if (transaction.Machines.Report(change) is null)
                    rejection ??= transaction.Machines.TooManyMachines;
                continue;
            }

            var result = outcome.Event is { } vibrationEvent ? transaction.Readings.Replay(vibrationEvent, outcome.MayBeStored, At) : EventOutcome.Rejected;
            if (result == EventOutcome.Stored)
                stored++;
            else if (result == EventOutcome.Duplicate)
                duplicates++;
            else
                rejection ??= outcome.Rejection ?? transaction.Readings.TooManySensors;
        }

        if (rejection is null)
            letters.Remove(letterId);
        else
            letters.Refuse(letterId, rejection, attempts, At);
        return new(rejection is null ? ReplayOutcome.Accepted : ReplayOutcome.Refused, stored, duplicates, rejection?.Reason, rejection?.Detail);
    }
}
