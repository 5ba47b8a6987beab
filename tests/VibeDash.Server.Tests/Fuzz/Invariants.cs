using System.Threading.Channels;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Tests.Fuzz;

/// <summary>Invariants the rest of the system relies on, for any input.</summary>
internal static class Invariants
{
    /// <summary>The violated invariant of an outcome, or null.</summary>
    public static string? Fault(VibrationEvent? vibrationEvent, Rejection? rejection, DateTimeOffset receivedAt)
    {
        if (vibrationEvent is null)
            return rejection is null ? "neither event nor rejection" : rejection.Detail.Length is 0 or > 16 * 512 ? "a detail of no use" : null;
        if (rejection is not null)
            return "event and rejection";

        var (reading, facts, message) = vibrationEvent.Value;
        return !SensorId.IsValid(reading.SensorId) ? "sensor id"
            : reading.Level is not (>= 0 and <= Reading.MaximumLevel) ? "level"
            : reading.Baseline is not (>= 0 and <= Reading.MaximumLevel) ? "baseline"
            : reading.Timestamp.Offset != TimeSpan.Zero || reading.Timestamp.UtcTicks % TimeSpan.TicksPerMicrosecond != 0 ? "timestamp not in whole microseconds of UTC"
            : reading.Timestamp < VibrationEventParser.EarliestTimestamp || reading.Timestamp > receivedAt + VibrationEventParser.MaximumLead ? "timestamp out of bounds"
            : !IsText(reading.EventId, VibrationEventParser.MaximumIdLength) || reading.EventId.Length == 0 ? "event id"
            : !IsText(reading.Unit, VibrationEventParser.MaximumUnitLength) || reading.Unit.Length == 0 ? "unit"
            : !IsText(facts.Location, VibrationEventParser.MaximumTextLength) ? "location"
            : !IsText(facts.Model, VibrationEventParser.MaximumTextLength) || !IsText(facts.Source, VibrationEventParser.MaximumTextLength) ? "facts"
            : !IsText(facts.Version, VibrationEventParser.MaximumTextLength) || !IsText(message, 1024) ? "version or message"
            : null;
    }

    /// <summary>The violated invariant of the outcomes of one message, or null.</summary>
    public static string? Fault(IReadOnlyList<ReadingOutcome> outcomes, DateTimeOffset receivedAt)
    {
        if (outcomes.Count > PayloadProfile.MaximumReadings)
            return $"{outcomes.Count} readings";
        foreach (var (vibrationEvent, rejection, _) in outcomes)
        {
            if (Fault(vibrationEvent, rejection, receivedAt) is { } fault)
                return fault;
        }

        return null;
    }

    /// <summary>The violated invariant of queued items, or null.</summary>
    public static string? Fault(ChannelReader<WorkItem> queued, DateTimeOffset receivedAt)
    {
        while (queued.TryRead(out var item))
        {
            var message = (InboundMessage)item;
            if (Fault(message.Outcome.Event, message.Outcome.Rejection, receivedAt) is { } fault)
                return fault;
        }

        return null;
    }

    // A lone surrogate cannot be stored: UTF-8 cannot represent it.
    private static bool IsText(string? text, int maximumLength)
    {
        if (text is null)
            return true;
        if (text.Length > maximumLength)
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] is not ('\t' or '\r' or '\n'))
                return false;
            if (char.IsLowSurrogate(text[i]) || (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i]))))
                return false;
        }

        return true;
    }
}
