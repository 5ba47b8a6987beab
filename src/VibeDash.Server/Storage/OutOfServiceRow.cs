using VibeDash.Core.Alerts;

namespace VibeDash.Server.Storage;

/// <summary>A period in which a sensor or a machine is out of service.</summary>
internal sealed class OutOfServiceRow
{
    public long Id { get; set; }

    public string? SensorId { get; set; }

    public string? Machine { get; set; }

    public required string Reason { get; set; }

    public required string By { get; set; }

    public DateTimeOffset At { get; set; }

    public DateTimeOffset? ExpectedEnd { get; set; }

    public string? ReturnedBy { get; set; }

    public DateTimeOffset? ReturnedAt { get; set; }

    /// <summary>Converts to the Core type.</summary>
    public OutOfService ToOutOfService() => new(Id, SensorId, Machine, Reason, By, At, ExpectedEnd) { ReturnedAt = ReturnedAt, ReturnedBy = ReturnedBy };

    /// <summary>Creates a row from <paramref name="entry"/>.</summary>
    public static OutOfServiceRow From(OutOfService entry) => new()
    {
        Id = entry.Id,
        SensorId = entry.SensorId,
        Machine = entry.Machine,
        Reason = entry.Reason,
        By = entry.By,
        At = entry.At,
        ExpectedEnd = entry.ExpectedEnd,
        ReturnedAt = entry.ReturnedAt,
        ReturnedBy = entry.ReturnedBy,
    };
}
