using System.ComponentModel.DataAnnotations;

namespace VibeDash.Server.Alerts;

/// <summary>Section <c>Alerts</c>.</summary>
internal sealed class AlertOptions
{
    public const string Section = "Alerts";

    /// <summary>For how many hours an alert may be shelved at most.</summary>
    [Range(0.25, 720, ErrorMessage = "0.25 to 720")]
    public double LongestShelvingHours { get; set; } = 8;

    /// <summary>The same as a time.</summary>
    public TimeSpan LongestShelving => TimeSpan.FromHours(LongestShelvingHours);
}
