using System.Text.Json;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Startup;

namespace VibeDash.Server.Storage;

/// <summary>A version of an alert rule; added, never edited, but for <see cref="IsCurrent"/>.</summary>
internal sealed class AlertRuleRow
{
    public int Id { get; set; }

    public int Version { get; set; }

    /// <summary>True for the version in force; of a rule that was deleted, none is.</summary>
    public bool IsCurrent { get; set; }

    /// <summary>The rule as JSON, as the API writes it.</summary>
    public required string Definition { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public string? ChangedBy { get; set; }

    /// <summary>The rule as Core knows it.</summary>
    /// <exception cref="StartupException">The row was edited to something illegal.</exception>
    public AlertRule ToRule()
    {
        try
        {
            if (JsonSerializer.Deserialize(Definition, DashboardJson.Default.AlertRule) is { } rule && rule.Fault() is null)
                return rule with { Id = Id, Version = Version };
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new StartupException($"Alert rule {Id} in the database is not a rule any more. Put a backup in its place.");
    }

    /// <summary>A version that is in force.</summary>
    public static AlertRuleRow From(AlertRule rule, DateTimeOffset at, string? by) => new()
    {
        Id = rule.Id,
        Version = rule.Version,
        IsCurrent = true,
        Definition = JsonSerializer.Serialize(rule, DashboardJson.Default.AlertRule),
        ChangedAt = at,
        ChangedBy = by,
    };
}
