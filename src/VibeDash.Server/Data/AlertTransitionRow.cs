using VibeDash.Core.Alerts;

namespace VibeDash.Server.Data;

/// <summary>An entry of the alert journal; appended, never edited.</summary>
internal sealed class AlertTransitionRow
{
    public long Position { get; set; }

    public long AlertId { get; set; }

    public AlertState From { get; set; }

    public AlertState To { get; set; }

    public DateTimeOffset At { get; set; }

    public double? Level { get; set; }

    public string? By { get; set; }

    public string? Note { get; set; }

    /// <summary>The entry as Core knows it.</summary>
    public AlertTransition ToTransition() => new(Position, AlertId, From, To, At, Level, By, Note);
}
