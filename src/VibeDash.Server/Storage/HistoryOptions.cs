using System.ComponentModel.DataAnnotations;

namespace VibeDash.Server.Storage;

/// <summary>Section <c>History</c>: retention periods, by event time. The newest readings of each sensor are kept regardless of age.</summary>
internal sealed class HistoryOptions : IValidatableObject
{
    public const string Section = "History";

    private const string Days = "1 to 36,500 days";

    /// <summary>Retention of single readings, in days. Readings during an alert are kept as long as the alert.</summary>
    [Range(1, 36_500, ErrorMessage = Days)]
    public int ReadingDays { get; set; } = 30;

    /// <summary>Retention of rollups by the minute, in days; at least <see cref="ReadingDays"/>.</summary>
    [Range(1, 36_500, ErrorMessage = Days)]
    public int MinuteDays { get; set; } = 365;

    /// <summary>Retention of rollups by the hour, in days, at least <see cref="MinuteDays"/>; null for unlimited.</summary>
    [Range(1, 36_500, ErrorMessage = Days)]
    public int? HourDays { get; set; }

    /// <summary>Retention of rollups by the day, in days, at least <see cref="HourDays"/>; null for unlimited.</summary>
    [Range(1, 36_500, ErrorMessage = Days)]
    public int? DayDays { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Coarser rollups replace finer data that is no longer kept.
        if (MinuteDays < ReadingDays)
            yield return new($"at least as many as {Section}:{nameof(ReadingDays)}", [nameof(MinuteDays)]);
        if (HourDays < MinuteDays)
            yield return new($"at least as many as {Section}:{nameof(MinuteDays)}", [nameof(HourDays)]);
        if (DayDays < (HourDays ?? int.MaxValue))
            yield return new($"at least as many as {Section}:{nameof(HourDays)}", [nameof(DayDays)]);
    }
}
