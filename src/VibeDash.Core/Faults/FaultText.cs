namespace VibeDash.Core.Faults;

/// <summary>Makes the English sentence of a fault.</summary>
public static class FaultText
{
    /// <summary>The sentence.</summary>
    public static string Of(FieldFault fault)
    {
        var a = fault.Arguments;
        return fault.Code switch
        {
            FaultCode.ActorInvalid => $"The name must have 1 to {a.At(0)} characters, without control characters.",
            FaultCode.Missing => "Must be given.",
            FaultCode.NotOneOf => $"Must be one of {string.Join(", ", a)}.",
            FaultCode.NotInRange => $"Must be {a.At(0)} to {a.At(1)}.",
            FaultCode.NumberTooLarge => $"The number must be at most {a.At(0)}.",
            FaultCode.TimesNotInRange => $"Must be given {a.At(0)} to {a.At(1)} times.",
            FaultCode.FromAfterTo => "Must not be after 'to'.",
            FaultCode.CharsetUnknown => "The charset is not known: write charset=utf-8.",
            FaultCode.TooLong => $"'{Name(fault.Field)}' is limited to {a.At(0)} characters.",
            FaultCode.TextControl => $"'{Name(fault.Field)}' must not hold control characters.",
            FaultCode.LengthOutOfRange => $"'{Name(fault.Field)}' must have 1 to {a.At(0)} characters.",
            FaultCode.NotInFuture => $"'{Name(fault.Field)}' must be in the future.",
            FaultCode.ActionUnknown => "'trigger' must be Acknowledged, Shelved, Unshelved, Assigned or Commented.",
            FaultCode.TooManyAlerts => $"At most {a.At(0)} alerts at once.",
            FaultCode.AlertsMissing => "Say which alerts: 'alertIds' is missing.",
            FaultCode.SensorNeedsKind => "'sensorId' goes with 'kind', to shelve, without 'alertIds'.",
            FaultCode.ReasonMissing => "Say why: 'note' is missing.",
            FaultCode.UntilMissing => "Say until when: 'until' is missing.",
            FaultCode.ShelvedTooLong => $"An alert may be shelved for {a.At(0)} hours at most.",
            FaultCode.SubjectAmbiguous => "Name either 'sensorId' or 'machine'.",
            FaultCode.OutOfServiceEndMissing => $"Say until when, at most {a.At(0)} days ahead: 'expectedEnd' is missing.",
            FaultCode.OutOfServiceTooLong => $"The end may be {a.At(0)} days ahead at most. It can be extended later.",
            FaultCode.NoteTextLength => $"The text must have 1 to {a.At(0)} characters.",
            FaultCode.NoteTextControl => "The text must not hold control characters.",
            FaultCode.NoteKindUnknown => $"The kind must be one of {string.Join(", ", a)}.",
            FaultCode.NoteTimeOutOfRange => $"The time must lie between {a.At(0)} and a year from now.",
            FaultCode.NoteEndOutOfRange => $"The end must lie between {a.At(0)} and a year from now.",
            FaultCode.EndNotAfterStart => "The end must come after the start.",
            FaultCode.SensorIdInvalid => $"A sensor id has 1 to {a.At(0)} characters: letters, digits, - _ . : and inner spaces.",
            FaultCode.TooManyLabels => $"A sensor has at most {a.At(0)} labels.",
            FaultCode.LabelInvalid => $"A label has 1 to {a.At(0)} characters.",
            FaultCode.BaselineNotPositive => "A baseline set by hand must be a positive number.",
            FaultCode.BaselineNotManual => "'baseline' goes with 'baselineSource' Manual.",
            FaultCode.RuleMissing => "Say what the rule is: 'rule' is missing.",
            FaultCode.RulePartMissing => "A rule has a scope, a condition and severities.",
            FaultCode.RuleNameLength => $"The name must have 1 to {a.At(0)} characters.",
            FaultCode.RuleNoteTooLong => $"The note is limited to {a.At(0)} characters.",
            FaultCode.ScopeNamesAll => "A rule for all sensors names none.",
            FaultCode.ScopeKindUnknown => "The scope is of no known kind.",
            FaultCode.ScopeValueMissing => $"Say which {a.At(0)} the rule is for.",
            FaultCode.ScopeTooLong => $"The scope is limited to {a.At(0)} characters.",
            FaultCode.QuantityNotSent => $"No sensor of this scope sends a {a.At(0)}. {UnitMismatchText.Of(a.At(1), a.At(2))}",
            FaultCode.ConditionKindUnknown => "The condition is of no known kind.",
            FaultCode.UnitMissing => "Say in which unit the thresholds are.",
            FaultCode.UnitNotAllowed => "These thresholds have no unit of their own.",
            FaultCode.WindowMissing => "Say within which window the level has to change.",
            FaultCode.WindowOutOfRange => "The window must be longer than 0 and at most a day.",
            FaultCode.WindowNotAllowed => "Only a change has a window.",
            FaultCode.RelativeNotAllowed => "Only a change, a silence or a tolerance can be relative.",
            FaultCode.InclusiveNotAllowed => "Only a level can be evaluated at its threshold, too.",
            FaultCode.GateAmbiguous => "A gate is either a run level or the machine's state.",
            FaultCode.RunLevelInvalid => "The run level must be a finite number.",
            FaultCode.RunUnitMissing => "Say in which unit the run level is.",
            FaultCode.DelayOutOfRange => $"An on-delay is 1 to {a.At(0)} readings, and a time of at most a day.",
            FaultCode.TierCount => "A rule has one to three severities.",
            FaultCode.SeverityUnknown => "There is no such severity.",
            FaultCode.ThresholdNotFinite => "The threshold must be a finite number.",
            FaultCode.ThresholdNotPositive => "A threshold must be positive.",
            FaultCode.RecoveryNotFinite => "The recovery threshold must be a finite number.",
            FaultCode.StuckRecoveryTooLow => "A level comes at least 1 reading in a row: the recovery threshold must be 1 or more.",
            FaultCode.StuckOutOfRange => $"A sensor is stuck after 1 to {a.At(0)} readings.",
            FaultCode.ToleranceNotAllowed => "Only a sensor that is stuck has a tolerance.",
            FaultCode.ToleranceOutOfRange => $"The tolerance must be a number from 0 to {a.At(0)}.",
            FaultCode.RecoveryAboveThreshold => $"The recovery threshold of {a.At(0)} must be at most its threshold.",
            FaultCode.RecoveryBelowThreshold => $"The recovery threshold of {a.At(0)} must be at least its threshold.",
            FaultCode.RecoveryNotBelowThreshold => $"The condition holds at the threshold: the recovery threshold of {a.At(0)} must be below it.",
            FaultCode.AtOnceNotAllowed => "Only a level can skip the on-delay.",
            FaultCode.AtOnceNotAboveThreshold => $"The threshold that skips the on-delay of {a.At(0)} must be above its threshold.",
            FaultCode.AtOnceNotBelowThreshold => $"The threshold that skips the on-delay of {a.At(0)} must be below its threshold.",
            FaultCode.RecoveryNotAboveThreshold => $"The condition holds at the threshold: the recovery threshold of {a.At(0)} must be above it.",
            FaultCode.TiersNotRising => "Each severity must be harder to reach than the one before.",
            _ => fault.Code.ToString(),
        };
    }

    // The last segment of a field path.
    private static string Name(string field) => field[(field.LastIndexOf('.') + 1)..];
}
