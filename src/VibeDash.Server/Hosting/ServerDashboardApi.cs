using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Trends;
using VibeDash.Server.Alerts;
using VibeDash.Server.Backups;
using VibeDash.Server.DeadLetters;
using VibeDash.Server.History;
using VibeDash.Server.Live;
using VibeDash.Server.Mqtt;
using VibeDash.Server.Notes;
using VibeDash.Server.Rules;
using VibeDash.Server.Status;

namespace VibeDash.Server.Hosting;

/// <summary>What pages ask, answered in the server itself: for the HTTP API and for prerendering. Thread-safe.</summary>
internal sealed class ServerDashboardApi(
    LiveState live,
    HistoryReader history,
    AlertReader alerts,
    RuleReader rules,
    AlertDesk desk,
    NoteReader notes,
    NoteDesk noteDesk,
    BackupRuns backups,
    DeadLetterReader letters,
    Replayer replayer,
    ReplayRuns runs,
    DeadLetterBin bin,
    BrokerConnections brokers,
    ServerHealth health,
    TimeProvider time) : IDashboardApi
{
    /// <inheritdoc/>
    public Task<FleetSnapshot> GetFleetAsync(CancellationToken cancellationToken = default) => Task.FromResult(live.Snapshot(time.GetUtcNow(), health.Status()));

    /// <inheritdoc/>
    public Task<SensorSnapshot?> GetSensorAsync(string sensorId, CancellationToken cancellationToken = default) => Task.FromResult(live.Find(sensorId));

    /// <inheritdoc/>
    public Task<TrendHistory?> GetHistoryAsync(
        string sensorId, DateTimeOffset from, DateTimeOffset? to, int points, CancellationToken cancellationToken = default) =>
        Task.FromResult(history.Read([sensorId], from, to, points, cancellationToken).FirstOrDefault());

    /// <inheritdoc/>
    public Task<TrendHistory[]> GetHistoriesAsync(
        IReadOnlyCollection<string> sensorIds, DateTimeOffset from, DateTimeOffset? to, int points, CancellationToken cancellationToken = default) =>
        Task.FromResult(history.Read(sensorIds, from, to, points, cancellationToken));

    /// <inheritdoc/>
    public Task<AlertPage> GetAlertsAsync(AlertQuery query, CancellationToken cancellationToken = default) => alerts.FindAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<AlertDetail?> GetAlertAsync(long alertId, CancellationToken cancellationToken = default) => alerts.FindAsync(alertId, cancellationToken);

    /// <inheritdoc/>
    public Task<AlertResult[]> ActAsync(AlertAction action, CancellationToken cancellationToken = default) => desk.ActAsync(action, cancellationToken);

    /// <inheritdoc/>
    public Task<RuleVersion[]> GetRulesAsync(CancellationToken cancellationToken = default) => rules.CurrentAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<RuleVersion[]> GetRuleVersionsAsync(int ruleId, CancellationToken cancellationToken = default) => rules.VersionsAsync(ruleId, cancellationToken);

    /// <inheritdoc/>
    public Task<RuleResult> AddRuleAsync(RuleEdit edit, CancellationToken cancellationToken = default) => desk.PutRuleAsync(null, edit, cancellationToken);

    /// <inheritdoc/>
    public Task<RuleResult> ChangeRuleAsync(int ruleId, RuleEdit edit, CancellationToken cancellationToken = default) => desk.PutRuleAsync(ruleId, edit, cancellationToken);

    /// <inheritdoc/>
    public Task<RuleResult> DeleteRuleAsync(int ruleId, string by, CancellationToken cancellationToken = default) => desk.DeleteRuleAsync(ruleId, by, cancellationToken);

    /// <inheritdoc/>
    public Task<RuleMatch[]?> GetSensorRulesAsync(string sensorId, CancellationToken cancellationToken = default) => Task.FromResult(rules.Explain(sensorId));

    /// <inheritdoc/>
    public Task<string?> SetSensorAsync(string sensorId, SensorSettings settings, CancellationToken cancellationToken = default) => desk.SetSensorAsync(sensorId, settings, cancellationToken);

    /// <inheritdoc/>
    public Task<OutOfService[]> GetOutOfServiceAsync(CancellationToken cancellationToken = default) => rules.OutOfServiceAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<OutOfServiceResult> TakeOutOfServiceAsync(OutOfServiceRequest request, CancellationToken cancellationToken = default) => desk.TakeOutAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<OutOfServiceResult> ReturnToServiceAsync(long id, string by, CancellationToken cancellationToken = default) => desk.ReturnAsync(id, by, cancellationToken);

    /// <inheritdoc/>
    public Task<Note[]> GetNotesAsync(string sensorId, CancellationToken cancellationToken = default) => notes.ListAsync(sensorId, null, null, cancellationToken);

    /// <inheritdoc/>
    public Task<NoteChange[]> GetNoteJournalAsync(string sensorId, CancellationToken cancellationToken = default) =>
        notes.JournalAsync(sensorId, long.MaxValue, cancellationToken);

    /// <inheritdoc/>
    public Task<NoteResult> AddNoteAsync(string sensorId, NoteEdit edit, CancellationToken cancellationToken = default) => noteDesk.AddAsync(sensorId, edit, cancellationToken);

    /// <inheritdoc/>
    public Task<NoteResult> ChangeNoteAsync(long noteId, NoteEdit edit, CancellationToken cancellationToken = default) => noteDesk.ChangeAsync(noteId, edit, cancellationToken);

    /// <inheritdoc/>
    public Task<NoteResult> DeleteNoteAsync(long noteId, string by, CancellationToken cancellationToken = default) => noteDesk.DeleteAsync(noteId, by, cancellationToken);

    /// <inheritdoc/>
    public Task<BackupStatus> GetBackupsAsync(CancellationToken cancellationToken = default) => Task.Run(backups.Status, cancellationToken);

    /// <inheritdoc/>
    public Task<BackupResult> StartBackupAsync(CancellationToken cancellationToken = default) => Task.Run(backups.Start, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> CancelBackupAsync(CancellationToken cancellationToken = default) => Task.FromResult(backups.Cancel());

    /// <inheritdoc/>
    public Task<ConnectionStatus[]> GetConnectionsAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(brokers.All.Select(broker => broker.Status()).ToArray());

    /// <inheritdoc/>
    public Task<SourceStatus[]> GetSourcesAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(brokers.Sources.Select(source => source.Status()).ToArray());

    /// <inheritdoc/>
    public Task<DeadLetterGroup[]> GetDeadLetterGroupsAsync(DeadLetterSelection selection, CancellationToken cancellationToken = default) =>
        letters.GroupsAsync(selection, cancellationToken);

    /// <inheritdoc/>
    public Task<DeadLetter[]> GetDeadLettersAsync(DeadLetterSelection selection, int limit, CancellationToken cancellationToken = default) =>
        letters.ListAsync(selection, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<DeadLetterDetail?> GetDeadLetterAsync(long id, CancellationToken cancellationToken = default) => letters.FindAsync(id, cancellationToken);

    /// <inheritdoc/>
    public async Task<ReplayResult> ReplayDeadLetterAsync(long id, CancellationToken cancellationToken = default) =>
        await replayer.ReplayAsync(id, cancellationToken) ?? ReplayResult.Gone;

    /// <inheritdoc/>
    public async Task<ReplayRun> ReplayDeadLettersAsync(DeadLetterSelection selection, CancellationToken cancellationToken = default) =>
        (await runs.StartAsync(selection, cancellationToken)).Run;

    /// <inheritdoc/>
    public Task<ReplayRun?> GetReplayRunAsync(CancellationToken cancellationToken = default) => Task.FromResult(runs.Latest);

    /// <inheritdoc/>
    public Task<bool> DeleteDeadLetterAsync(long id, CancellationToken cancellationToken = default) => bin.DeleteAsync(id, cancellationToken);

    /// <inheritdoc/>
    public async Task<DeadLettersDeleted> DeleteDeadLettersAsync(DeadLetterSelection selection, CancellationToken cancellationToken = default) =>
        new(await bin.DeleteAsync(selection, cancellationToken));
}
