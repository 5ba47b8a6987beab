namespace VibeDash.Core.Alerts;

/// <summary>What can move an alert from one state to the next.</summary>
public enum AlertTrigger
{
    /// <summary>A reading above the threshold, the hold duration not yet reached.</summary>
    Exceeded,

    /// <summary>A reading above the threshold that completes the hold duration.</summary>
    Held,

    /// <summary>While pending: a reading at or below the threshold.</summary>
    Subsided,

    /// <summary>While raised: a reading at or below the recovery threshold.</summary>
    Recovered,

    /// <summary>A person took note.</summary>
    Acknowledge,
}
