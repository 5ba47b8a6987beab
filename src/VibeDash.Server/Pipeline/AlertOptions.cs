using System.ComponentModel.DataAnnotations;
using VibeDash.Core.Alerts;

namespace VibeDash.Server.Pipeline;

/// <summary>Section <c>Alerts</c>.</summary>
internal sealed class AlertOptions
{
    public const string Section = "Alerts";

    /// <summary>Maximum shelving time, in hours.</summary>
    [Range(0.25, 720, ErrorMessage = "0.25 to 720")]
    public double MaximumShelvingHours { get; set; } = 8;

    /// <summary>Number of raises from which an alert is chattering.</summary>
    [Range(2, ChatteringLimit.MaximumCycles, ErrorMessage = "2 to 10")]
    public int ChatteringCycles { get; set; } = ChatteringLimit.Usual.Cycles;

    /// <summary>Period in which the raises are counted, in seconds.</summary>
    [Range(1, 3600, ErrorMessage = "1 to 3600")]
    public double ChatteringSeconds { get; set; } = ChatteringLimit.Usual.Within.TotalSeconds;

    /// <summary><see cref="ChatteringCycles"/> within <see cref="ChatteringSeconds"/>.</summary>
    public ChatteringLimit Chattering => new(ChatteringCycles, TimeSpan.FromSeconds(ChatteringSeconds));

    /// <summary><see cref="MaximumShelvingHours"/> as a time span.</summary>
    public TimeSpan MaximumShelving => TimeSpan.FromHours(MaximumShelvingHours);
}
