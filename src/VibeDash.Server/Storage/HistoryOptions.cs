using System.ComponentModel.DataAnnotations;

namespace VibeDash.Server.Storage;

/// <summary>Section <c>History</c>: how long what is kept, by event time. The newest readings of each sensor are kept whatever their age.</summary>
internal sealed class HistoryOptions : IValidatableObject
{
    public const string Section = "History";

    private const string Days = "1 to 36,500 days";

    /// <summary>Days for which single readings are kept. Those of the time of an alert are kept for as long as the alert is.</summary>
    [Range(1, 36_500, ErrorMessage = Days)]
    public int ReadingDays { get; set; } = 30;

    /// <summary>Days for which rollups by the minute are kept; at least <see cref="ReadingDays"/>.</summary>
    [Range(1, 36_500, ErrorMessage = Days)]
    public int MinuteDays { get; set; } = 365;

    /// <summary>Days for which rollups by the hour are kept, at least <see cref="MinuteDays"/>; null is for ever.</summary>
    [Range(1, 36_500, ErrorMessage = Days)]
    public int? HourDays { get; set; }

    /// <summary>Days for which rollups by the day are kept, at least <see cref="HourDays"/>; null is for ever.</summary>
    [Range(1, 36_500, ErrorMessage = Days)]
    public int? DayDays { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Coarser rollups stand in where what is finer is gone.
        if (MinuteDays < ReadingDays)
            yield return new($"at least as many as {Section}:{nameof(ReadingDays)}", [nameof(MinuteDays)]);
        if (HourDays < MinuteDays)
            yield return new($"at least as many as {Section}:{nameof(MinuteDays)}", [nameof(HourDays)]);
        if (DayDays < (HourDays ?? int.MaxValue))
            yield return new($"at least as many as {Section}:{nameof(HourDays)}", [nameof(DayDays)]);
    }
}
