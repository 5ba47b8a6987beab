namespace VibeDash.Core.Contract;

/// <summary>Why a command was refused. <see cref="RefusalText"/> makes the sentence.</summary>
public enum RefusalCode
{
    /// <summary>The input has faults: see <see cref="Refusal.Faults"/>.</summary>
    InvalidInput,

    /// <summary>Argument: the sensor.</summary>
    SensorUnknown,

    /// <summary>An id is that of a sensor already, or was. Arguments: the id, the sensor.</summary>
    SensorIdTaken,

    /// <summary>The object is not, or not entirely, at the places to which the person or key is limited. Argument: the object; none for the whole server.</summary>
    OutsidePlaces,

    /// <summary>Argument: the id.</summary>
    PersonUnknown,

    /// <summary>Another person has this name. Argument: the name.</summary>
    PersonNameTaken,

    /// <summary>The OpenID Connect provider decides the role of a person and keeps their password. Argument: name of the provider.</summary>
    PersonOfProvider,

    /// <summary>It would leave nobody who may administer people and has a password here.</summary>
    LastAdministrator,

    /// <summary>Argument: the id.</summary>
    KeyUnknown,

    /// <summary>No display that waits to be paired shows the code.</summary>
    DisplayCodeUnknown,

    /// <summary>Argument: maximum number.</summary>
    TooManyKeys,

    /// <summary>Argument: the former id.</summary>
    FormerIdUnknown,

    /// <summary>Neither of two sensors has few enough single readings to move them to the other. Argument: maximum number.</summary>
    TooManyReadingsToMove,

    /// <summary>Two sensors send units that cannot be converted, so their readings are no history of one. Arguments: the units.</summary>
    UnitsNotComparable,

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

    /// <summary>The alert was raised, or asks anew, after the person looked.</summary>
    AlertChanged,

    /// <summary>An alert kind that is shelved or out of service cannot be shelved.</summary>
    ShelvedOrOutOfService,

    /// <summary>The sensor or machine is already out of service.</summary>
    AlreadyOutOfService,

    /// <summary>The sensor or machine has already returned to service.</summary>
    NotOutOfService,

    /// <summary>Argument: current version of the rule.</summary>
    RuleChanged,

    /// <summary>A baseline that a person set is far from what the sensor sends. Arguments: the baseline, the sensor's median of a day, their unit.</summary>
    BaselineUnconfirmed,

    /// <summary>No more sensors can be added. Argument: maximum number.</summary>
    TooManySensors,

    /// <summary>The history of a sensor is being evaluated. Argument: the sensor.</summary>
    HistoryEvaluationUnderWay,

    /// <summary>Argument: maximum number.</summary>
    TooManyRules,

    /// <summary>Arguments: the person who changed the note, its current version.</summary>
    NoteChanged,

    /// <summary>Argument: maximum number.</summary>
    TooManyNotes,

    /// <summary>The dead letter is not kept completely.</summary>
    DeadLetterIncomplete,

    /// <summary>No replay of the dead letter can be accepted: the message itself is at fault. Argument: the reason of its rejection.</summary>
    DeadLetterFinal,

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

    /// <summary>A parameter, a header or the body is missing or cannot be read.</summary>
    RequestUnreadable,

    /// <summary>Nobody is signed in, and no valid key was sent.</summary>
    SignInRequired,

    /// <summary>The person or the key may not do this. Argument: name of the permission that is missing, when it is known.</summary>
    NotPermitted,

    /// <summary>There is nothing at the address of the request.</summary>
    AddressUnknown,

    /// <summary>Argument: the method.</summary>
    MethodNotAllowed,

    /// <summary>The body has another content type, another charset, or is compressed. Arguments: the content types that are supported.</summary>
    ContentTypeUnsupported,

    /// <summary>Argument: maximum length of a body, in bytes.</summary>
    BodyTooLong,

    /// <summary>Argument: maximum number of events in a request.</summary>
    TooManyEvents,

    /// <summary>The body was not received in time.</summary>
    BodyNotReceived,

    /// <summary>The body is not JSON. Arguments: line, from 1; byte in that line, from 0.</summary>
    BodyMalformed,

    /// <summary>The body is JSON, and not what its content type says. Argument: the content type.</summary>
    BodyOfOtherForm,

    /// <summary>The server is behind. The same request may be sent again.</summary>
    ServerBusy,

    /// <summary>Nothing can be stored. The same request may be sent again. Argument: the fault.</summary>
    StorageUnavailable,

    /// <summary>A fault of the server while it answered a query, recorded in its log.</summary>
    RequestFailed,

    /// <summary>The host name of the request is not one of this server. Argument: the name.</summary>
    HostUnknown,

    /// <summary>A page of another origin sent the request.</summary>
    OriginForeign,

    /// <summary>One person or address sends more requests than the server accepts. Argument: seconds to wait.</summary>
    TooManyRequests,
}
