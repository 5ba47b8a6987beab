using VibeDash.Core.Alerts;

namespace VibeDash.Server.Data;

/// <summary>A raised alert as it stands; its past is in the journal.</summary>
internal sealed class AlertRow
{
    public long Id { get; set; }

    public required string SensorId { get; set; }

    public int RuleId { get; set; }

    public int RuleVersion { get; set; }

    public required string RuleName { get; set; }

    public Severity Severity { get; set; }

    public AlertState State { get; set; }

    public DateTimeOffset Since { get; set; }

    public int Readings { get; set; }

    public double Level { get; set; }

    public double Threshold { get; set; }

    public double PeakLevel { get; set; }

    public required string Unit { get; set; }

    public string? Message { get; set; }

    public DateTimeOffset RaisedAt { get; set; }

    public DateTimeOffset? AcknowledgedAt { get; set; }

    public string? AcknowledgedBy { get; set; }

    public string? Note { get; set; }

    public DateTimeOffset? ClearedAt { get; set; }

    /// <summary>The alert as Core knows it.</summary>
    public Alert ToAlert() => new(
        Id, SensorId, RuleId, RuleVersion, RuleName, Severity, State, Since, Readings, Level, Threshold, PeakLevel, Unit, Message)
    {
        RaisedAt = RaisedAt,
        AcknowledgedAt = AcknowledgedAt,
        AcknowledgedBy = AcknowledgedBy,
        Note = Note,
        ClearedAt = ClearedAt,
    };

    /// <summary>Takes over everything from <paramref name="alert"/>, which must be raised.</summary>
    public static AlertRow From(Alert alert) => new()
    {
        Id = alert.Id,
        SensorId = alert.SensorId,
        RuleId = alert.RuleId,
        RuleVersion = alert.RuleVersion,
        RuleName = alert.RuleName,
        Severity = alert.Severity,
        State = alert.State,
        Since = alert.Since,
        Readings = alert.Readings,
        Level = alert.Level,
        Threshold = alert.Threshold,
        PeakLevel = alert.PeakLevel,
        Unit = alert.Unit,
        Message = alert.Message,
        RaisedAt = alert.RaisedAt ?? throw new ArgumentException("A pending alert has no row.", nameof(alert)),
        AcknowledgedAt = alert.AcknowledgedAt,
        AcknowledgedBy = alert.AcknowledgedBy,
        Note = alert.Note,
        ClearedAt = alert.ClearedAt,
    };
}
