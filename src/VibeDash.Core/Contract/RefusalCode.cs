namespace VibeDash.Core.Contract;

/// <summary>Why a command was refused. <see cref="RefusalText"/> makes the sentence.</summary>
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

    /// <summary>Argument: file name.</summary>
    BackupUnknown,

    /// <summary>There is no backup in progress to cancel.</summary>
    NoBackupUnderWay,

    /// <summary>Argument: when the alert returned to normal.</summary>
    AlertEnded,

    /// <summary>Arguments: the person who acknowledged it, when.</summary>
    AlertAcknowledged,

    /// <summary>Arguments: the person who shelved it, until when.</summary>
    AlertShelved,

    /// <summary>The sensor of the alert or its machine is out of service.</summary>
    AlertOutOfService,

    /// <summary>The machine stands still.</summary>
    AlertSuppressed,

    /// <summary>Argument: state of the alert.</summary>
    AlertStateUnsuitable,

    /// <summary>An alert kind that is shelved or out of service cannot be shelved.</summary>
    ShelvedOrOutOfService,

    /// <summary>The sensor or machine is already out of service.</summary>
    AlreadyOutOfService,

    /// <summary>The sensor or machine has already returned to service.</summary>
    NotOutOfService,

    /// <summary>Argument: current version of the rule.</summary>
    RuleChanged,

    /// <summary>Argument: maximum number.</summary>
    TooManyRules,

    /// <summary>Arguments: the person who changed the note, its current version.</summary>
    NoteChanged,

    /// <summary>Argument: maximum number.</summary>
    TooManyNotes,

    /// <summary>The dead letter is not kept completely.</summary>
    DeadLetterIncomplete,

    /// <summary>Another replay is in progress.</summary>
    ReplayUnderWay,

    /// <summary>A backup is in progress.</summary>
    BackupUnderWay,

    /// <summary>A fault of the server, recorded in its log.</summary>
    ProcessingFailed,

    /// <summary>The server could not store it in time; it may take effect later.</summary>
    NotStoredInTime,

    /// <summary>Too many exports are in progress. Argument: maximum number.</summary>
    TooManyExports,

    /// <summary>Too many event streams are open. Argument: maximum number.</summary>
    TooManyReaders,

    /// <summary>Arguments: the folder, bytes needed, bytes free.</summary>
    BackupNoRoom,

    /// <summary>Arguments: the folder, message of the fault.</summary>
    BackupUnusable,
}
