using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Live;

/// <summary>
/// What pages ask the server. In the browser it is HTTP (<c>/api/v1</c>), while the server prerenders it is the server itself.
/// Every method throws <see cref="HttpRequestException"/> when the server cannot be reached or answers with a fault of its own.
/// </summary>
public interface IDashboardApi
{
    /// <summary>Everything a page shows at first.</summary>
    Task<FleetSnapshot> GetFleetAsync(CancellationToken cancellationToken = default);

    /// <summary>One sensor, or null when it is not known.</summary>
    Task<SensorSnapshot?> GetSensorAsync(string sensorId, CancellationToken cancellationToken = default);

    /// <summary>The readings of a sensor in a range, or null when the sensor is not known.</summary>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="from">Start, inclusive; before <paramref name="to"/>.</param>
    /// <param name="to">End, inclusive; null for all there is until now.</param>
    /// <param name="points">Most buckets wanted, 2 to 2,000.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<TrendHistory?> GetHistoryAsync(
        string sensorId, DateTimeOffset from, DateTimeOffset? to, int points, CancellationToken cancellationToken = default);

    /// <summary>The readings of several sensors in one range, in the order asked for; sensors that are not known are left out.</summary>
    /// <param name="sensorIds">1 to <see cref="TrendHistory.MaximumSensors"/> sensors.</param>
    /// <param name="from">Start; before <paramref name="to"/>.</param>
    /// <param name="to">End, inclusive; null for all there is until now, for live readings to be joined on.</param>
    /// <param name="points">Most buckets wanted of each, 2 to 2,000.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<TrendHistory[]> GetHistoriesAsync(
        IReadOnlyCollection<string> sensorIds, DateTimeOffset from, DateTimeOffset? to, int points, CancellationToken cancellationToken = default);

    /// <summary>Alerts, newest first.</summary>
    Task<AlertPage> GetAlertsAsync(AlertQuery query, CancellationToken cancellationToken = default);

    /// <summary>One alert with its journal, or null when there is none of that id.</summary>
    Task<AlertDetail?> GetAlertAsync(long alertId, CancellationToken cancellationToken = default);

    /// <summary>Does what a person does to alerts, one result for each, in order. A refusal is a result, not an exception.</summary>
    Task<AlertResult[]> ActAsync(AlertAction action, CancellationToken cancellationToken = default);

    /// <summary>The rules in force by id, those that are switched off included.</summary>
    Task<RuleVersion[]> GetRulesAsync(CancellationToken cancellationToken = default);

    /// <summary>All versions of a rule, the newest first; none when there never was such a rule.</summary>
    Task<RuleVersion[]> GetRuleVersionsAsync(int ruleId, CancellationToken cancellationToken = default);

    /// <summary>Adds a rule. A refusal is a result, not an exception.</summary>
    Task<RuleResult> AddRuleAsync(RuleEdit edit, CancellationToken cancellationToken = default);

    /// <summary>Changes a rule. A refusal is a result, not an exception.</summary>
    Task<RuleResult> ChangeRuleAsync(int ruleId, RuleEdit edit, CancellationToken cancellationToken = default);

    /// <summary>Deletes a rule; its versions stay on record. A refusal is a result, not an exception.</summary>
    Task<RuleResult> DeleteRuleAsync(int ruleId, string by, CancellationToken cancellationToken = default);

    /// <summary>How the rules stand to a sensor, or null when the sensor is not known.</summary>
    Task<RuleMatch[]?> GetSensorRulesAsync(string sensorId, CancellationToken cancellationToken = default);

    /// <summary>Changes labels and baseline of a sensor.</summary>
    /// <returns>Why that was not done, in one sentence; null when it was.</returns>
    Task<string?> SetSensorAsync(string sensorId, SensorSettings settings, CancellationToken cancellationToken = default);

    /// <summary>What is out of service, the longest first.</summary>
    Task<OutOfService[]> GetOutOfServiceAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes a sensor or machine out of service. A refusal is a result, not an exception.</summary>
    Task<OutOfServiceResult> TakeOutOfServiceAsync(OutOfServiceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Returns a sensor or machine to service. A refusal is a result, not an exception.</summary>
    Task<OutOfServiceResult> ReturnToServiceAsync(long id, string by, CancellationToken cancellationToken = default);

    /// <summary>All notes of a sensor, newest first; none when the sensor is not known.</summary>
    Task<Note[]> GetNotesAsync(string sensorId, CancellationToken cancellationToken = default);

    /// <summary>Who did what to the notes of a sensor, newest first: the latest 500 entries.</summary>
    Task<NoteChange[]> GetNoteJournalAsync(string sensorId, CancellationToken cancellationToken = default);

    /// <summary>Adds a note. A refusal is a result, not an exception.</summary>
    Task<NoteResult> AddNoteAsync(string sensorId, NoteEdit edit, CancellationToken cancellationToken = default);

    /// <summary>Changes a note. A refusal is a result, not an exception.</summary>
    Task<NoteResult> ChangeNoteAsync(long noteId, NoteEdit edit, CancellationToken cancellationToken = default);

    /// <summary>Deletes a note; the journal keeps it. A refusal is a result, not an exception.</summary>
    Task<NoteResult> DeleteNoteAsync(long noteId, string by, CancellationToken cancellationToken = default);

    /// <summary>The backups that are kept, and the one under way.</summary>
    Task<BackupStatus> GetBackupsAsync(CancellationToken cancellationToken = default);

    /// <summary>Begins a backup. A refusal is a result, not an exception.</summary>
    Task<BackupResult> StartBackupAsync(CancellationToken cancellationToken = default);

    /// <summary>Gives up the backup under way; false when there is none.</summary>
    Task<bool> CancelBackupAsync(CancellationToken cancellationToken = default);

    /// <summary>The brokers, in order of configuration.</summary>
    Task<ConnectionStatus[]> GetConnectionsAsync(CancellationToken cancellationToken = default);

    /// <summary>The sources, in order of configuration.</summary>
    Task<SourceStatus[]> GetSourcesAsync(CancellationToken cancellationToken = default);

    /// <summary>The reasons and topics of dead letters, newest arrival first.</summary>
    Task<DeadLetterGroup[]> GetDeadLetterGroupsAsync(DeadLetterSelection selection, CancellationToken cancellationToken = default);

    /// <summary>Dead letters, newest first.</summary>
    /// <param name="selection">Which ones.</param>
    /// <param name="limit">Most wanted, 1 to <see cref="DeadLetterSelection.MaximumLimit"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<DeadLetter[]> GetDeadLettersAsync(DeadLetterSelection selection, int limit, CancellationToken cancellationToken = default);

    /// <summary>One dead letter with its payload, or null when there is none of that id.</summary>
    Task<DeadLetterDetail?> GetDeadLetterAsync(long id, CancellationToken cancellationToken = default);

    /// <summary>Replays one dead letter that can be replayed. A refusal is a result, not an exception.</summary>
    Task<ReplayResult> ReplayDeadLetterAsync(long id, CancellationToken cancellationToken = default);

    /// <summary>Starts to replay all dead letters of a selection, and gives the run under way: another one when there is one already.</summary>
    Task<ReplayRun> ReplayDeadLettersAsync(DeadLetterSelection selection, CancellationToken cancellationToken = default);

    /// <summary>The replay of many that is under way, or the last one; null when there was none since the server's start.</summary>
    Task<ReplayRun?> GetReplayRunAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes one dead letter; false when there is none of that id.</summary>
    Task<bool> DeleteDeadLetterAsync(long id, CancellationToken cancellationToken = default);

    /// <summary>Deletes the dead letters of a reason and topic.</summary>
    Task<DeadLettersDeleted> DeleteDeadLettersAsync(DeadLetterSelection selection, CancellationToken cancellationToken = default);
}
