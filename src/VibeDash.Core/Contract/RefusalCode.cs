namespace VibeDash.Core.Contract;

/// <summary>Why something was not done. <see cref="RefusalText"/> makes the sentence.</summary>
public enum RefusalCode
{
    /// <summary>The input has faults: see <see cref="Refusal.Faults"/>.</summary>
    InvalidInput,

    /// <summary>The name of the person in the header <c>Actor</c> is missing, too long, or has control characters. Argument: maximum length.</summary>
    ActorInvalid,

    /// <summary>Argument: the sensor.</summary>
    SensorUnknown,

    /// <summary>Argument: the alert.</summary>
    AlertUnknown,

    /// <summary>Argument: the rule.</summary>
    RuleUnknown,

    /// <summary>Argument: the note.</summary>
    NoteUnknown,

    /// <summary>Argument: the dead letter.</summary>
    DeadLetterUnknown,

    /// <summary>Argument: name of the file.</summary>
    BackupUnknown,

    /// <summary>There is no backup to cancel.</summary>
    NoBackupUnderWay,

    /// <summary>Argument: when it returned to normal.</summary>
    AlertEnded,

    /// <summary>Arguments: who has acknowledged it, when.</summary>
    AlertAcknowledged,

    /// <summary>Arguments: who has shelved it, until when.</summary>
    AlertShelved,

    /// <summary>The sensor of the alert or its machine is out of service.</summary>
    AlertOutOfService,

    /// <summary>The machine stands still.</summary>
    AlertSuppressed,

    /// <summary>Argument: state of the alert.</summary>
    AlertStateUnsuitable,

    /// <summary>A kind of alert cannot be shelved again.</summary>
    ShelvedOrOutOfService,

    /// <summary>The sensor or machine is out of service already.</summary>
    AlreadyOutOfService,

    /// <summary>The sensor or machine was returned to service before.</summary>
    NotOutOfService,

    /// <summary>Argument: current version of the rule.</summary>
    RuleChanged,

    /// <summary>Argument: maximum number.</summary>
    TooManyRules,

    /// <summary>Arguments: who has changed the note, its current version.</summary>
    NoteChanged,

    /// <summary>Argument: maximum number.</summary>
    TooManyNotes,

    /// <summary>Not all of a dead letter is kept.</summary>
    DeadLetterIncomplete,

    /// <summary>Another replay is under way.</summary>
    ReplayUnderWay,

    /// <summary>A backup is under way.</summary>
    BackupUnderWay,

    /// <summary>A fault of the server, which has logged it.</summary>
    ProcessingFailed,

    /// <summary>The server could not store it in time; it may take effect later.</summary>
    NotStoredInTime,

    /// <summary>Arguments: the folder, number of bytes needed, number of bytes free.</summary>
    BackupNoRoom,

    /// <summary>Arguments: the folder, message of the fault.</summary>
    BackupUnusable,
}
