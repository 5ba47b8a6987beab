using VibeDash.Core.Contract;

namespace VibeDash.Server.Alerts;

/// <summary>The result of an <see cref="AcknowledgeMatchingCommand"/>.</summary>
/// <param name="Result">The alerts of this portion.</param>
/// <param name="Last">Id of the last alert it reached; null when none remain.</param>
internal sealed record AcknowledgedPortion(AlertBulkResult Result, long? Last);
