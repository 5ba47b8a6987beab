using System.ComponentModel.DataAnnotations;
using VibeDash.Core.Alerts;

namespace VibeDash.Server.Pipeline;

/// <summary>Section <c>Alerts</c>.</summary>
internal sealed class AlertOptions
{
    public const string Section = "Alerts";

    /// <summary>For how many hours an alert may be shelved at most.</summary>
    [Range(0.25, 720, ErrorMessage = "0.25 to 720")]
    public double MaximumShelvingHours { get; set; } = 8;

    /// <summary>How often an alert is raised to be chattering.</summary>
    [Range(2, ChatteringLimit.MaximumCycles, ErrorMessage = "2 to 10")]
    public int ChatteringCycles { get; set; } = ChatteringLimit.Usual.Cycles;

    /// <summary>Within how many seconds.</summary>
    [Range(1, 3600, ErrorMessage = "1 to 3600")]
    public double ChatteringSeconds { get; set; } = ChatteringLimit.Usual.Within.TotalSeconds;

    /// <summary>The two together.</summary>
    public ChatteringLimit Chattering => new(ChatteringCycles, TimeSpan.FromSeconds(ChatteringSeconds));

    /// <summary>The same as a time.</summary>
    public TimeSpan MaximumShelving => TimeSpan.FromHours(MaximumShelvingHours);
}
