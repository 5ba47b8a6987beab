using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using VibeDash.Core.Alerts;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Faults;

namespace VibeDash.Server.Tests.Alerts;

/// <summary>A database of before: its alerts had the times of their first raise only.</summary>
public sealed class AlertEpisodeMigrationTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DatabaseFolder _folder = new();
    private long _position;

    [Fact]
    public void The_present_time_and_those_before_come_from_the_journal()
    {
        using (var before = _folder.CreateDbContext())
        {
            before.GetService<IMigrator>().Migrate("20261130040000_WaitingReadings");
            Alert(before, 1, raises: 1, cleared: null);
            Entry(before, 1, "Raised", 5, since: 1);
            Alert(before, 2, raises: 3, cleared: 90);
            Entry(before, 2, "Raised", 5, since: 1);
            Entry(before, 2, "Cleared", 20, since: 19);
            Entry(before, 2, "Raised", 30, since: 29);
            Entry(before, 2, "Cleared", 40, since: 39);
            Entry(before, 2, "Raised", 50, since: 49);
            Entry(before, 2, "Cleared", 90, cause: "RuleGone");
            Alert(before, 3, raises: 2, cleared: null);
            Entry(before, 3, "Raised", 5, since: 1);
            Entry(before, 3, "Cleared", 20, cause: "RuleGone");
            Entry(before, 3, "Raised", 30, since: 29);
            Entry(before, 3, "Commented", 35);
            Alert(before, 4, raises: 0, cleared: null);
        }

        _folder.Start();

        using var context = _folder.CreateDbContext();
        var alerts = context.Alerts.OrderBy(alert => alert.Id).AsEnumerable().Select(row => row.ToAlert()).ToArray();
        alerts.Select(alert => (alert.Since, alert.RaisedAt, alert.FirstSince, alert.FirstRaisedAt, alert.PreviousClearedAt, alert.ClearCause?.Code, alert.ClearedBy)).ShouldBe(
        [
            (At(1), At(5), At(1), At(5), null, null, null),
            (At(49), At(50), At(1), At(5), At(40), TransitionCause.RuleGone, null),
            (At(29), At(30), At(1), At(5), null, null, null),
            (null, null, null, null, null, null, null),
        ]);
        AlertSpans.Of(context, alerts[1], At(0), At(100), maximum: 10).Select(span => (span.From, span.To)).ShouldBe([(At(5), At(20)), (At(30), At(40)), (At(50), At(90))]);
        AlertSpans.Of(context, alerts[1], At(25), At(45), maximum: 10).Select(span => (span.From, span.To)).ShouldBe([(At(30), At(40))]);
        AlertSpans.Of(context, alerts[1], At(0), At(100), maximum: 2).Select(span => (span.From, span.To)).ShouldBe([(At(30), At(40)), (At(50), At(90))], "the newest");
        AlertSpans.Of(context, alerts[1], At(0), At(60), maximum: 10).Select(span => (span.From, span.To)).ShouldBe([(At(5), At(20)), (At(30), At(40)), (At(50), null)], "it held at the end");
    }

    public void Dispose() => _folder.Dispose();

    private static DateTimeOffset At(double seconds) => Noon.AddSeconds(seconds);

    private static long Stored(double seconds) => UnixMicroseconds.From(At(seconds));

    private static void Alert(VibeDashContext context, int id, int raises, double? cleared)
    {
        long? since = raises > 0 ? Stored(1) : null, raised = raises > 0 ? Stored(5) : null, ended = cleared is { } end ? Stored(end) : null;
        context.Database.ExecuteSql(
            $"""
            INSERT INTO Alerts (Id, SensorId, Kind, State, IsActive, IsAcknowledged, IsShelved, IsSuppressed, IsOutOfService, RuleId, RuleVersion, RuleName, Severity,
                Level, Threshold, PeakLevel, Unit, Since, RaisedAt, Raises, ClearedAt, IsBackfilled)
            VALUES ({id}, 'VB-1', 'NoData', 'Unacknowledged', 1, 0, 0, 0, 0, 1, 1, 'Silent', 2, 1, 1, 1, 's', {since}, {raised}, {raises}, {ended}, 0)
            """);
    }

    private void Entry(VibeDashContext context, int alertId, string trigger, double at, double? since = null, string? cause = null)
    {
        long? began = since is { } start ? Stored(start) : null;
        int? rule = since is null ? null : 1;
        var (name, unit, arguments) = (since is null ? null : "Silent", since is null ? null : "s", cause is null ? null : "[]");
        context.Database.ExecuteSql(
            $"""
            INSERT INTO AlertTransitions (Position, AlertId, "Trigger", "From", "To", At, RuleId, RuleVersion, RuleName, Severity, EvaluatedLevel, Threshold, Unit, Since, Cause,
                CauseArguments, IsBackfilled)
            VALUES ({++_position}, {alertId}, {trigger}, 'Normal', 'Normal', {Stored(at)}, {rule}, {rule}, {name}, {rule}, {rule}, {rule}, {unit}, {began}, {cause}, {arguments}, 0)
            """);
    }
}
