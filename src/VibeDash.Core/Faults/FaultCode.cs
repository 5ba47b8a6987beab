namespace VibeDash.Core.Faults;

/// <summary>The kind of fault in an input field. <see cref="FaultText"/> makes the sentence.</summary>
public enum FaultCode
{
    /// <summary>The name of the person is missing, too long, or has control characters. Argument: maximum length.</summary>
    ActorInvalid,

    /// <summary>A password is too short or too long. Arguments: minimum, maximum length.</summary>
    PasswordLength,

    /// <summary>A password is one of those that are tried first.</summary>
    PasswordCommon,

    /// <summary>More places than a person or key may be limited to. Argument: maximum number.</summary>
    TooManyPlaces,

    /// <summary>A place is blank, too long or has control characters. Argument: maximum length.</summary>
    PlaceInvalid,

    /// <summary>Who may do what concerns the whole server cannot be limited to places.</summary>
    PlacesNotAllowed,

    /// <summary>The present password is wrong.</summary>
    PasswordWrong,

    /// <summary>It is not an MQTT topic filter.</summary>
    TopicFilterInvalid,

    /// <summary>A parameter is missing.</summary>
    Missing,

    /// <summary>A parameter is not one of the known names. Arguments: the names.</summary>
    NotOneOf,

    /// <summary>A number is out of its range. Arguments: minimum, maximum.</summary>
    NotInRange,

    /// <summary>A number is too large. Argument: maximum.</summary>
    NumberTooLarge,

    /// <summary>A parameter is given too few or too many times. Arguments: minimum, maximum.</summary>
    TimesNotInRange,

    /// <summary>The start is after the end.</summary>
    FromAfterTo,

    /// <summary>The charset of a content type is unknown.</summary>
    CharsetUnknown,

    /// <summary>A text is too long. Argument: maximum length.</summary>
    TooLong,

    /// <summary>A text has control characters.</summary>
    TextControl,

    /// <summary>A text is empty or too long. Argument: maximum length.</summary>
    LengthOutOfRange,

    /// <summary>A time that must be in the future is not.</summary>
    NotInFuture,

    /// <summary>The trigger is not an action of a person.</summary>
    ActionUnknown,

    /// <summary>Too many alerts in one action. Argument: maximum number.</summary>
    TooManyAlerts,

    /// <summary>No alert is given.</summary>
    AlertsMissing,

    /// <summary>A sensor is given for anything but shelving one kind of alert.</summary>
    SensorNeedsKind,

    /// <summary>The reason or comment is missing.</summary>
    ReasonMissing,

    /// <summary>The end of a shelving is missing.</summary>
    UntilMissing,

    /// <summary>A shelving is too long. Argument: maximum number of hours.</summary>
    ShelvedTooLong,

    /// <summary>Neither or both of sensor and machine are given.</summary>
    SubjectAmbiguous,

    /// <summary>The end of an out-of-service period is missing. Argument: the maximum days.</summary>
    OutOfServiceEndMissing,

    /// <summary>An out-of-service period is too long. Argument: the maximum days.</summary>
    OutOfServiceTooLong,

    /// <summary>The text of a note is empty or too long. Argument: maximum length.</summary>
    NoteTextLength,

    /// <summary>The text of a note has control characters.</summary>
    NoteTextControl,

    /// <summary>The kind of a note is unknown. Arguments: the known kinds.</summary>
    NoteKindUnknown,

    /// <summary>The time of a note is out of its bounds. Argument: earliest date.</summary>
    NoteTimeOutOfRange,

    /// <summary>The end of a note is out of its bounds. Argument: earliest date.</summary>
    NoteEndOutOfRange,

    /// <summary>The end is not after the start.</summary>
    EndNotAfterStart,

    /// <summary>A text is not a sensor id. Argument: maximum length.</summary>
    SensorIdInvalid,

    /// <summary>A sensor has too many labels. Argument: maximum number.</summary>
    TooManyLabels,

    /// <summary>A label is empty, too long, or has control characters. Argument: maximum length.</summary>
    LabelInvalid,

    /// <summary>A baseline is not a positive number.</summary>
    BaselineNotPositive,

    /// <summary>A baseline is given where its source is not Manual.</summary>
    BaselineNotManual,

    /// <summary>The rule is missing.</summary>
    RuleMissing,

    /// <summary>A part of the rule is missing.</summary>
    RulePartMissing,

    /// <summary>The name of a rule is empty or too long. Argument: maximum length.</summary>
    RuleNameLength,

    /// <summary>The note of a rule is too long. Argument: maximum length.</summary>
    RuleNoteTooLong,

    /// <summary>A scope of all sensors has a value.</summary>
    ScopeNamesAll,

    /// <summary>The kind of a scope is unknown.</summary>
    ScopeKindUnknown,

    /// <summary>The value of a scope is missing. Argument: kind of the scope.</summary>
    ScopeValueMissing,

    /// <summary>The value of a scope is too long. Argument: maximum length.</summary>
    ScopeTooLong,

    /// <summary>No sensor of the scope sends the quantity of the rule. Arguments: the quantity, unit of the rule, unit of a sensor.</summary>
    QuantityNotSent,

    /// <summary>The kind of a condition, or its direction, is unknown.</summary>
    ConditionKindUnknown,

    /// <summary>The unit of the thresholds is missing.</summary>
    UnitMissing,

    /// <summary>The thresholds of this kind have no unit.</summary>
    UnitNotAllowed,

    /// <summary>The window of a change is missing.</summary>
    WindowMissing,

    /// <summary>The window is out of its bounds.</summary>
    WindowOutOfRange,

    /// <summary>Conditions of this kind have no window.</summary>
    WindowNotAllowed,

    /// <summary>Conditions of this kind cannot be relative.</summary>
    RelativeNotAllowed,

    /// <summary>Conditions of this kind cannot be inclusive.</summary>
    InclusiveNotAllowed,

    /// <summary>A gate has neither or both of run level and machine state.</summary>
    GateAmbiguous,

    /// <summary>The run level is not finite.</summary>
    RunLevelInvalid,

    /// <summary>The unit of the run level is missing.</summary>
    RunUnitMissing,

    /// <summary>A delay is out of its bounds. Argument: maximum number of readings.</summary>
    DelayOutOfRange,

    /// <summary>A rule has no severity, or too many.</summary>
    TierCount,

    /// <summary>The severity is unknown.</summary>
    SeverityUnknown,

    /// <summary>A threshold is not finite.</summary>
    ThresholdNotFinite,

    /// <summary>A threshold or recovery threshold is not positive.</summary>
    ThresholdNotPositive,

    /// <summary>A recovery threshold is not finite.</summary>
    RecoveryNotFinite,

    /// <summary>The recovery threshold of a stuck sensor is below 1.</summary>
    StuckRecoveryTooLow,

    /// <summary>The threshold of a stuck sensor is out of its bounds. Argument: maximum number of readings.</summary>
    StuckOutOfRange,

    /// <summary>Conditions of this kind have no tolerance.</summary>
    ToleranceNotAllowed,

    /// <summary>A tolerance is negative, too large, or not finite. Argument: maximum.</summary>
    ToleranceOutOfRange,

    /// <summary>A recovery threshold is above its threshold. Argument: the severity.</summary>
    RecoveryAboveThreshold,

    /// <summary>A recovery threshold is below its threshold, for a condition where lower is worse. Argument: the severity.</summary>
    RecoveryBelowThreshold,

    /// <summary>A recovery threshold equals the threshold of an inclusive condition. Argument: the severity.</summary>
    RecoveryNotBelowThreshold,

    /// <summary>A recovery threshold equals the threshold of an inclusive condition where lower is worse. Argument: the severity.</summary>
    RecoveryNotAboveThreshold,

    /// <summary>Conditions of this kind have no threshold beyond which the on-delay is skipped.</summary>
    AtOnceNotAllowed,

    /// <summary>The threshold beyond which the on-delay is skipped is not above the threshold. Argument: the severity.</summary>
    AtOnceNotAboveThreshold,

    /// <summary>The same, not below it, for a condition where lower is worse. Argument: the severity.</summary>
    AtOnceNotBelowThreshold,

    /// <summary>A tier is not harder to reach than the one before it.</summary>
    TiersNotRising,
}
