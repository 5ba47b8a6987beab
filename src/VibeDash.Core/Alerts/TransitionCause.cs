namespace VibeDash.Core.Alerts;

/// <summary>The cause of an alert transition that results neither from a person's action on the alert nor from a finding.</summary>
public enum TransitionCause
{
    /// <summary>The shelving reached its end.</summary>
    ShelvingEnded,

    /// <summary>The out-of-service period ended.</summary>
    OutOfServiceEnded,

    /// <summary>The acknowledgement expired.</summary>
    AcknowledgementExpired,

    /// <summary>No rule evaluates the alert any more, since a person changed the rules, or the labels of the sensor.</summary>
    RuleGone,

    /// <summary>No rule evaluates the alert any more, since the unit, model or location of the sensor changed.</summary>
    SensorChanged,

    /// <summary>The sensor sends, but no reading is good. Argument: the quality.</summary>
    NotGood,

    /// <summary>The level is much worse than at acknowledgement. Arguments: the level, its unit, the level at acknowledgement, the tolerated fraction.</summary>
    MuchWorse,

    /// <summary>The sensor was deleted.</summary>
    SensorDeleted,

    /// <summary>The sensor became part of another. Argument: that sensor.</summary>
    SensorJoined,

    /// <summary>The silence of the sensor is part of a common one, which has an alert of its own. Argument: its <see cref="CommonSubject"/>.</summary>
    ToldInCommon,
}
