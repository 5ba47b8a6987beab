using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Sparkplug;

/// <summary>Collects the outcomes of one message, within the limits of <see cref="PayloadProfile"/>.</summary>
internal sealed class SparkplugOutcomes
{
    private readonly List<ReadingOutcome> _outcomes = [];
    private int _readings, _rejected, _lastRejected;

    /// <summary>Adds a reading.</summary>
    public void Accept(ReadingOutcome reading)
    {
        if (++_readings > PayloadProfile.MaximumReadings)
            Reject(new(RejectionReason.TooManyReadings, $"The message has more than {PayloadProfile.MaximumReadings:N0} readings."));
        else
            _outcomes.Add(reading);
    }

    /// <summary>Adds a rejection.</summary>
    public void Reject(Rejection rejection)
    {
        if (++_rejected > PayloadProfile.MaximumRejections)
            return;
        _lastRejected = _outcomes.Count;
        _outcomes.Add(new(null, rejection));
    }

    /// <summary>Adds a status change.</summary>
    public void Say(SensorStatusChange change) => _outcomes.Add(new(null, null) { StatusChange = change });

    /// <summary>Returns all outcomes; the last of too many rejections counts the rest. Call once.</summary>
    public IReadOnlyList<ReadingOutcome> Take()
    {
        if (_rejected > PayloadProfile.MaximumRejections)
        {
            var rejection = _outcomes[_lastRejected].Rejection!;
            var rest = $"So are {_rejected - PayloadProfile.MaximumRejections:N0} more metrics of this message, for this or another reason.";
            _outcomes[_lastRejected] = new(null, rejection with { Detail = $"{rejection.Detail} {rest}" });
        }

        return _outcomes;
    }
}
