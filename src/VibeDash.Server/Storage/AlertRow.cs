using VibeDash.Core.Alerts;

namespace VibeDash.Server.Storage;

/// <summary>Current state of an alert; its history is in the journal.</summary>
internal sealed class AlertRow
{
    public long Id { get; set; }

    public required string SensorId { get; set; }

    public ConditionKind Kind { get; set; }

    /// <summary>Derived from the five facts below, for queries.</summary>
    public AlertState State { get; set; }

    public bool IsActive { get; set; }

    public bool IsAcknowledged { get; set; }

    public bool IsShelved { get; set; }

    public bool IsSuppressed { get; set; }

    public bool IsOutOfService { get; set; }

    public int RuleId { get; set; }

    public int RuleVersion { get; set; }

    public required string RuleName { get; set; }

    public Severity Severity { get; set; }

    public Severity? SeverityBefore { get; set; }

    public DateTimeOffset? SeverityChangedAt { get; set; }

    public double Level { get; set; }

    public double Threshold { get; set; }

    public double PeakLevel { get; set; }

    public required string Unit { get; set; }

    public DateTimeOffset? Since { get; set; }

    public DateTimeOffset? RaisedAt { get; set; }

    public int Raises { get; set; }

    public DateTimeOffset? FirstSince { get; set; }

    public DateTimeOffset? FirstRaisedAt { get; set; }

    public DateTimeOffset? PreviousClearedAt { get; set; }

    public DateTimeOffset? ClearedAt { get; set; }

    public TransitionCause? ClearCause { get; set; }

    /// <summary>A JSON array; null without <see cref="ClearCause"/>.</summary>
    public string? ClearCauseArguments { get; set; }

    public string? ClearedBy { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? Message { get; set; }

    public int? CalibrationAgeDays { get; set; }

    public DateTimeOffset? AcknowledgedAt { get; set; }

    public string? AcknowledgedBy { get; set; }

    public string? AcknowledgementNote { get; set; }

    public DateTimeOffset? AcknowledgedUntil { get; set; }

    public double? AcknowledgedLevel { get; set; }

    public DateTimeOffset? ShelvedAt { get; set; }

    public string? ShelvedBy { get; set; }

    public string? ShelvingReason { get; set; }

    public DateTimeOffset? ShelvedUntil { get; set; }

    public string? Owner { get; set; }

    public bool IsBackfilled { get; set; }

    public int? ChatterCycles { get; set; }

    public double? ChatterDeadband { get; set; }

    public double? ChatterDelaySeconds { get; set; }

    /// <summary>Converts to the Core type.</summary>
    public Alert ToAlert() => new(Id, SensorId, Kind)
    {
        Facts = new(IsActive, IsAcknowledged, IsShelved, IsSuppressed, IsOutOfService),
        RuleId = RuleId,
        RuleVersion = RuleVersion,
        RuleName = RuleName,
        Severity = Severity,
        SeverityBefore = SeverityBefore,
        SeverityChangedAt = SeverityChangedAt,
        Level = Level,
        Threshold = Threshold,
        PeakLevel = PeakLevel,
        Unit = Unit,
        Since = Since,
        RaisedAt = RaisedAt,
        Raises = Raises,
        FirstSince = FirstSince,
        FirstRaisedAt = FirstRaisedAt,
        PreviousClearedAt = PreviousClearedAt,
        ClearedAt = ClearedAt,
        ClearCause = AlertTransitionRow.CauseOf(ClearCause, ClearCauseArguments),
        ClearedBy = ClearedBy,
        EndedAt = EndedAt,
        Message = Message,
        CalibrationAgeDays = CalibrationAgeDays,
        Acknowledgement = AcknowledgedAt is { } acknowledged
            ? new(AcknowledgedBy!, acknowledged, AcknowledgementNote, AcknowledgedUntil, AcknowledgedLevel)
            : null,
        Shelving = ShelvedAt is { } shelved ? new(ShelvedBy!, shelved, ShelvingReason!, ShelvedUntil!.Value) : null,
        Owner = Owner,
        IsBackfilled = IsBackfilled,
        Chattering = ChatterCycles is { } cycles ? new(cycles, ChatterDeadband!.Value, TimeSpan.FromSeconds(ChatterDelaySeconds!.Value)) : null,
    };

    /// <summary>Creates a row from <paramref name="alert"/>.</summary>
    public static AlertRow From(Alert alert) => new()
    {
        Id = alert.Id,
        SensorId = alert.SensorId,
        Kind = alert.Kind,
        State = alert.State,
        IsActive = alert.Facts.IsActive,
        IsAcknowledged = alert.Facts.IsAcknowledged,
        IsShelved = alert.Facts.IsShelved,
        IsSuppressed = alert.Facts.IsSuppressed,
        IsOutOfService = alert.Facts.IsOutOfService,
        RuleId = alert.RuleId,
        RuleVersion = alert.RuleVersion,
        RuleName = alert.RuleName,
        Severity = alert.Severity,
        SeverityBefore = alert.SeverityBefore,
        SeverityChangedAt = alert.SeverityChangedAt,
        Level = alert.Level,
        Threshold = alert.Threshold,
        PeakLevel = alert.PeakLevel,
        Unit = alert.Unit,
        Since = alert.Since,
        RaisedAt = alert.RaisedAt,
        Raises = alert.Raises,
        FirstSince = alert.FirstSince,
        FirstRaisedAt = alert.FirstRaisedAt,
        PreviousClearedAt = alert.PreviousClearedAt,
        ClearedAt = alert.ClearedAt,
        ClearCause = alert.ClearCause?.Code,
        ClearCauseArguments = AlertTransitionRow.ArgumentsOf(alert.ClearCause),
        ClearedBy = alert.ClearedBy,
        EndedAt = alert.EndedAt,
        Message = alert.Message,
        CalibrationAgeDays = alert.CalibrationAgeDays,
        AcknowledgedAt = alert.Acknowledgement?.At,
        AcknowledgedBy = alert.Acknowledgement?.By,
        AcknowledgementNote = alert.Acknowledgement?.Note,
        AcknowledgedUntil = alert.Acknowledgement?.Until,
        AcknowledgedLevel = alert.Acknowledgement?.Level,
        ShelvedAt = alert.Shelving?.At,
        ShelvedBy = alert.Shelving?.By,
        ShelvingReason = alert.Shelving?.Reason,
        ShelvedUntil = alert.Shelving?.Until,
        Owner = alert.Owner,
        IsBackfilled = alert.IsBackfilled,
        ChatterCycles = alert.Chattering?.Cycles,
        ChatterDeadband = alert.Chattering?.Deadband,
        ChatterDelaySeconds = alert.Chattering?.Delay.TotalSeconds,
    };
}
