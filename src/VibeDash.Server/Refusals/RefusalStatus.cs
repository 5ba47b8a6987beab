using VibeDash.Core.Contract;

namespace VibeDash.Server.Refusals;

/// <summary>The HTTP status of each refusal.</summary>
internal static class RefusalStatus
{
    /// <summary>The status code.</summary>
    public static int Of(RefusalCode code) => code switch
    {
        RefusalCode.InvalidInput
            or RefusalCode.RequestUnreadable
            or RefusalCode.BodyMalformed
            or RefusalCode.BodyOfOtherForm => StatusCodes.Status400BadRequest,
        RefusalCode.SignInRequired => StatusCodes.Status401Unauthorized,
        RefusalCode.NotPermitted
            or RefusalCode.OutsidePlaces => StatusCodes.Status403Forbidden,
        RefusalCode.SensorUnknown
            or RefusalCode.FormerIdUnknown
            or RefusalCode.PersonUnknown
            or RefusalCode.KeyUnknown
            or RefusalCode.DisplayCodeUnknown
            or RefusalCode.AlertUnknown
            or RefusalCode.RuleUnknown
            or RefusalCode.NoteUnknown
            or RefusalCode.DeadLetterUnknown
            or RefusalCode.BackupUnknown
            or RefusalCode.NoBackupUnderWay
            or RefusalCode.AddressUnknown => StatusCodes.Status404NotFound,
        RefusalCode.OriginForeign => StatusCodes.Status403Forbidden,
        RefusalCode.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        RefusalCode.BodyNotReceived => StatusCodes.Status408RequestTimeout,
        RefusalCode.AlertEnded
            or RefusalCode.AlertAcknowledged
            or RefusalCode.AlertShelved
            or RefusalCode.AlertOutOfService
            or RefusalCode.AlertSuppressed
            or RefusalCode.AlertStateUnsuitable
            or RefusalCode.AlertChanged
            or RefusalCode.ShelvedOrOutOfService
            or RefusalCode.AlreadyOutOfService
            or RefusalCode.NotOutOfService
            or RefusalCode.RuleChanged
            or RefusalCode.BaselineUnconfirmed
            or RefusalCode.TooManySensors
            or RefusalCode.HistoryEvaluationUnderWay
            or RefusalCode.TooManyRules
            or RefusalCode.NoteChanged
            or RefusalCode.TooManyNotes
            or RefusalCode.PersonNameTaken
            or RefusalCode.PersonOfProvider
            or RefusalCode.LastAdministrator
            or RefusalCode.TooManyKeys
            or RefusalCode.SensorIdTaken
            or RefusalCode.TooManyReadingsToMove
            or RefusalCode.UnitsNotComparable
            or RefusalCode.DeadLetterIncomplete
            or RefusalCode.DeadLetterFinal
            or RefusalCode.ReplayUnderWay
            or RefusalCode.BackupUnderWay => StatusCodes.Status409Conflict,
        RefusalCode.BodyTooLong
            or RefusalCode.TooManyEvents => StatusCodes.Status413PayloadTooLarge,
        RefusalCode.ContentTypeUnsupported => StatusCodes.Status415UnsupportedMediaType,
        RefusalCode.HostUnknown => StatusCodes.Status421MisdirectedRequest,
        RefusalCode.ServerBusy
            or RefusalCode.TooManyRequests => StatusCodes.Status429TooManyRequests,
        RefusalCode.ProcessingFailed
            or RefusalCode.RequestFailed => StatusCodes.Status500InternalServerError,
        RefusalCode.NotStoredInTime
            or RefusalCode.StorageUnavailable
            or RefusalCode.TooManyExports
            or RefusalCode.TooManyReaders => StatusCodes.Status503ServiceUnavailable,
        RefusalCode.BackupNoRoom
            or RefusalCode.BackupUnusable => StatusCodes.Status507InsufficientStorage,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "A refusal without a status."),
    };
}
