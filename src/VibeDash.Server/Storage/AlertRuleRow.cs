using System.Text.Json;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Server.Startup;

namespace VibeDash.Server.Storage;

/// <summary>A version of an alert rule. Append-only, except for <see cref="IsCurrent"/>.</summary>
internal sealed class AlertRuleRow
{
    public int Id { get; set; }

    public int Version { get; set; }

    /// <summary>True for the version in force; false for all versions of a deleted rule.</summary>
    public bool IsCurrent { get; set; }

    /// <summary>The rule as JSON, in the format of the API.</summary>
    public required string Definition { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public string? ChangedBy { get; set; }

    /// <summary>Converts to the Core type.</summary>
    /// <exception cref="StartupException">The row contains an invalid rule.</exception>
    public AlertRule ToRule()
    {
        // Checked by no earlier version, and harmless in a rule that is stored.
        try
        {
            if (JsonSerializer.Deserialize(Definition, DashboardJson.Default.AlertRule) is { } rule && RuleFaults.Of(rule).All(fault => fault.Code is FaultCode.NumberTooLarge or FaultCode.TextControl))
                return rule with { Id = Id, Version = Version };
        }
        catch (JsonException)
        {
            // Reported below.
        }

        throw new StartupException($"Alert rule {Id} in the database is invalid. Restore a backup.");
    }

    /// <summary>A version in force.</summary>
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
