using VibeDash.Core.Contract;
using VibeDash.Server.Refusals;

namespace VibeDash.Server.Tests.Refusals;

public sealed class RefusalStatusTests
{
    public static TheoryData<RefusalCode, int> Statuses => new()
    {
        { RefusalCode.InvalidInput, 400 },
        { RefusalCode.SensorUnknown, 404 },
        { RefusalCode.AlertUnknown, 404 },
        { RefusalCode.RuleUnknown, 404 },
        { RefusalCode.NoteUnknown, 404 },
        { RefusalCode.DeadLetterUnknown, 404 },
        { RefusalCode.BackupUnknown, 404 },
        { RefusalCode.NoBackupUnderWay, 404 },
        { RefusalCode.AlertEnded, 409 },
        { RefusalCode.AlertAcknowledged, 409 },
        { RefusalCode.AlertShelved, 409 },
        { RefusalCode.AlertOutOfService, 409 },
        { RefusalCode.AlertSuppressed, 409 },
        { RefusalCode.AlertStateUnsuitable, 409 },
        { RefusalCode.AlertChanged, 409 },
        { RefusalCode.ShelvedOrOutOfService, 409 },
        { RefusalCode.AlreadyOutOfService, 409 },
        { RefusalCode.NotOutOfService, 409 },
        { RefusalCode.RuleChanged, 409 },
        { RefusalCode.TooManyRules, 409 },
        { RefusalCode.NoteChanged, 409 },
        { RefusalCode.TooManyNotes, 409 },
        { RefusalCode.DeadLetterIncomplete, 409 },
        { RefusalCode.DeadLetterFinal, 409 },
        { RefusalCode.SensorIdTaken, 409 },
        { RefusalCode.FormerIdUnknown, 404 },
        { RefusalCode.TooManyReadingsToMove, 409 },
        { RefusalCode.UnitsNotComparable, 409 },
        { RefusalCode.BaselineUnconfirmed, 409 },
        { RefusalCode.TooManySensors, 409 },
        { RefusalCode.HistoryEvaluationUnderWay, 409 },
        { RefusalCode.ReplayUnderWay, 409 },
        { RefusalCode.BackupUnderWay, 409 },
        { RefusalCode.ProcessingFailed, 500 },
        { RefusalCode.NotStoredInTime, 503 },
        { RefusalCode.TooManyExports, 503 },
        { RefusalCode.TooManyReaders, 503 },
        { RefusalCode.BackupNoRoom, 507 },
        { RefusalCode.BackupUnusable, 507 },
        { RefusalCode.RequestUnreadable, 400 },
        { RefusalCode.SignInRequired, 401 },
        { RefusalCode.NotPermitted, 403 },
        { RefusalCode.OutsidePlaces, 403 },
        { RefusalCode.DisplayCodeUnknown, 404 },
        { RefusalCode.PersonUnknown, 404 },
        { RefusalCode.KeyUnknown, 404 },
        { RefusalCode.PersonNameTaken, 409 },
        { RefusalCode.PersonOfProvider, 409 },
        { RefusalCode.LastAdministrator, 409 },
        { RefusalCode.TooManyKeys, 409 },
        { RefusalCode.AddressUnknown, 404 },
        { RefusalCode.MethodNotAllowed, 405 },
        { RefusalCode.ContentTypeUnsupported, 415 },
        { RefusalCode.BodyTooLong, 413 },
        { RefusalCode.TooManyEvents, 413 },
        { RefusalCode.BodyNotReceived, 408 },
        { RefusalCode.BodyMalformed, 400 },
        { RefusalCode.BodyOfOtherForm, 400 },
        { RefusalCode.ServerBusy, 429 },
        { RefusalCode.StorageUnavailable, 503 },
        { RefusalCode.RequestFailed, 500 },
        { RefusalCode.HostUnknown, 421 },
        { RefusalCode.OriginForeign, 403 },
        { RefusalCode.TooManyRequests, 429 },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public void A_refusal_has_a_status(RefusalCode code, int status) => RefusalStatus.Of(code).ShouldBe(status);

    [Fact]
    public void Every_code_is_in_the_table_once() => Statuses.Select(row => row.Data.Item1).ShouldBe(Enum.GetValues<RefusalCode>(), ignoreOrder: true);
}
