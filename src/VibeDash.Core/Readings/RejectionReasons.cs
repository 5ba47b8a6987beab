namespace VibeDash.Core.Readings;

/// <summary>Which rejections a replay can undo.</summary>
public static class RejectionReasons
{
    /// <summary>Reasons that no setting of a source and no later time can undo: the message itself is at fault.</summary>
    public static IReadOnlyList<RejectionReason> Final { get; } =
    [
        RejectionReason.PayloadTooLarge,
        RejectionReason.InvalidEncoding,
        RejectionReason.UnknownEventType,
        RejectionReason.TimestampWithoutZone,
        RejectionReason.TooManyReadings,
        RejectionReason.MalformedProtobuf,
        RejectionReason.UnknownMetric,
        RejectionReason.TooManyMetrics,
        RejectionReason.OutsidePlaces,
    ];

    /// <summary>The reasons that can be undone for an event posted over HTTP, whose form no setting changes.</summary>
    public static IReadOnlyList<RejectionReason> CurableWhenPosted { get; } =
        [RejectionReason.TimestampOutOfRange, RejectionReason.TooManySensors, RejectionReason.ProcessingFailed];

    /// <summary>True when a replay may be accepted.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="posted">True for an event posted over HTTP.</param>
    public static bool IsCurable(this RejectionReason reason, bool posted) => posted ? CurableWhenPosted.Contains(reason) : !Final.Contains(reason);
}
