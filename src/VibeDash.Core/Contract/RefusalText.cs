using System.Globalization;
using VibeDash.Core.Faults;

namespace VibeDash.Core.Contract;

/// <summary>Makes the English sentence of a refusal.</summary>
public static class RefusalText
{
    private const string Repeat = "Send the same request again: events stored meanwhile are recognised as duplicates.";

    /// <summary>The sentence; for several faults, that of the first.</summary>
    public static string Of(Refusal refusal)
    {
        var a = refusal.Arguments;
        return refusal.Code switch
        {
            RefusalCode.InvalidInput => refusal.Faults is [var first, ..] ? FaultText.Of(first) : "The input is invalid.",
            RefusalCode.SensorUnknown => $"There is no sensor {a.At(0)}.",
            RefusalCode.SensorIdTaken => a.At(0) == a.At(1) ? $"There is a sensor {a.At(0)} already." : $"{a.At(0)} is a former id of sensor {a.At(1)}.",
            RefusalCode.PersonUnknown => $"There is no person {a.At(0)}.",
            RefusalCode.OutsidePlaces => a is [] ? "This concerns the whole server, and you are limited to some places." : $"You may do this only at your places, and {a.At(0)} is not there, or not entirely.",
            RefusalCode.DisplayCodeUnknown => "No display shows this code. A code is valid for ten minutes; enter the one that it shows now.",
            RefusalCode.PersonNameTaken => $"Another person has the name {a.At(0)}.",
            RefusalCode.PersonOfProvider => $"{a.At(0)} decides the role of this person and keeps their password: change it there.",
            RefusalCode.LastAdministrator => "Nobody else may administer people and has a password here: give another person that role first.",
            RefusalCode.KeyUnknown => $"There is no key {a.At(0)}.",
            RefusalCode.TooManyKeys => $"There are {Count(a.At(0))} keys; no more can be made.",
            RefusalCode.FormerIdUnknown => $"{a.At(0)} is no former id of this sensor.",
            RefusalCode.TooManyReadingsToMove =>
                $"Only the readings of a sensor with at most {Count(a.At(0))} single readings, none of them kept in rollups only, can be moved to another; both sensors have more.",
            RefusalCode.UnitsNotComparable => $"One sensor sends {a.At(0)}, the other {a.At(1)}: these cannot be converted, so their readings are not one history.",
            RefusalCode.AlertUnknown => $"There is no alert {a.At(0)}.",
            RefusalCode.RuleUnknown => $"There is no rule {a.At(0)}.",
            RefusalCode.NoteUnknown => $"There is no note {a.At(0)}.",
            RefusalCode.DeadLetterUnknown => $"There is no dead letter {a.At(0)}.",
            RefusalCode.BackupUnknown => $"There is no backup {a.At(0)}.",
            RefusalCode.NoBackupUnderWay => "No backup is under way.",
            RefusalCode.AlertEnded => $"It has been back to normal since {Time(a.At(0))}.",
            RefusalCode.AlertAcknowledged => $"{a.At(0)} has acknowledged it at {Time(a.At(1))}.",
            RefusalCode.AlertShelved => $"{a.At(0)} has shelved it until {Time(a.At(1))}.",
            RefusalCode.AlertOutOfService => "Its sensor or machine is out of service.",
            RefusalCode.AlertSuppressed => "It is suppressed while the machine stands still.",
            RefusalCode.AlertStateUnsuitable => $"That is not possible while it is {a.At(0)}.",
            RefusalCode.AlertChanged => "It was raised, got worse or asked again after you looked.",
            RefusalCode.ShelvedOrOutOfService => "It is shelved or out of service already.",
            RefusalCode.AlreadyOutOfService => "It is out of service already.",
            RefusalCode.NotOutOfService => "It is not out of service.",
            RefusalCode.RuleChanged => $"Somebody has changed the rule meanwhile: it is at version {a.At(0)}.",
            RefusalCode.BaselineUnconfirmed =>
                $"The baseline {a.At(0)} {a.At(2)} is far from what the sensor sends: the median of its last day is {a.At(1)} {a.At(2)}. 'confirmed' sets it all the same.",
            RefusalCode.TooManySensors => $"There are {Count(a.At(0))} sensors; no more can be added.",
            RefusalCode.HistoryEvaluationUnderWay => $"The history of {a.At(0)} is being evaluated; one at a time.",
            RefusalCode.TooManyRules => $"There are {Count(a.At(0))} rules; no more can be added.",
            RefusalCode.NoteChanged => $"{a.At(0)} has changed the note meanwhile: it is at version {a.At(1)}.",
            RefusalCode.TooManyNotes => $"The sensor has {Count(a.At(0))} notes; no more can be added.",
            RefusalCode.DeadLetterIncomplete => "Only a part of this message is kept: it cannot be replayed.",
            RefusalCode.DeadLetterFinal => $"The message itself is at fault ({a.At(0)}): no replay can be accepted.",
            RefusalCode.ReplayUnderWay => "Another replay is under way.",
            RefusalCode.BackupUnderWay => "A backup is under way already.",
            RefusalCode.ProcessingFailed => "The command could not be processed because of a fault of the server, which has logged it.",
            RefusalCode.NotStoredInTime => "It is not stored yet; see whether it takes effect.",
            RefusalCode.TooManyExports => $"{a.At(0)} exports are already in progress.",
            RefusalCode.TooManyReaders => $"The limit of {a.At(0)} connections is reached.",
            RefusalCode.BackupNoRoom => $"There is not enough room in {a.At(0)}: {Megabytes(a.At(1))} are needed, {Megabytes(a.At(2))} are free.",
            RefusalCode.BackupUnusable => $"The folder {a.At(0)} or the database cannot be used: {a.At(1)}",
            RefusalCode.RequestUnreadable => "A parameter, a header or the body is missing or cannot be read.",
            RefusalCode.SignInRequired => "Sign in first, or send a valid key.",
            RefusalCode.NotPermitted => a is [var permission, ..] ? $"You may not do this: the permission {permission} is missing." : "You may not do this.",
            RefusalCode.AddressUnknown => "There is nothing at this address.",
            RefusalCode.MethodNotAllowed => $"The method {a.At(0)} is not allowed at this address.",
            RefusalCode.ContentTypeUnsupported => $"The content type of the body must be {string.Join(" or ", a)}, in UTF-8 and not compressed.",
            RefusalCode.BodyTooLong => $"A body may have at most {Count(a.At(0))} bytes.",
            RefusalCode.TooManyEvents => $"A request may have at most {Count(a.At(0))} events.",
            RefusalCode.BodyNotReceived => "The body was not received in time.",
            RefusalCode.BodyMalformed => $"The body is not valid JSON at byte {a.At(1)} of line {a.At(0)}.",
            RefusalCode.BodyOfOtherForm => $"The body does not have the form of the content type {a.At(0)}.",
            RefusalCode.ServerBusy => $"The server is busy. {Repeat}",
            RefusalCode.StorageUnavailable => $"Nothing can be stored: {a.At(0).TrimEnd('.')}. {Repeat}",
            RefusalCode.RequestFailed => "The request could not be answered because of a fault of the server, which has logged it.",
            RefusalCode.HostUnknown => $"This server is not known as {a.At(0)}. The setting AllowedHosts adds a host name.",
            RefusalCode.OriginForeign => "The request was sent by a page of another site: only the pages of this server may do that.",
            RefusalCode.TooManyRequests => $"Too many requests: wait {a.At(0)} s.",
            _ => refusal.Code.ToString(),
        };
    }

    /// <summary>A number of bytes in MB.</summary>
    internal static string Megabytes(string argument) => long.TryParse(argument, CultureInfo.InvariantCulture, out var bytes)
        ? FormattableString.Invariant($"{bytes / (1024.0 * 1024):0} MB")
        : argument;

    private static string Time(string argument) => DateTimeOffset.TryParse(argument, CultureInfo.InvariantCulture, out var time)
        ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
        : argument;

    private static string Count(string argument) => int.TryParse(argument, CultureInfo.InvariantCulture, out var count) ? count.ToString("N0", CultureInfo.InvariantCulture) : argument;
}
