using System.Text.Json;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Export;

/// <summary>The result of a download.</summary>
/// <param name="Done">True when the file is complete.</param>
/// <param name="Cancelled">True when the user cancelled it.</param>
/// <param name="Fault">Why it failed; null when it did not.</param>
public sealed record ExportOutcome(bool Done, bool Cancelled, string? Fault)
{
    /// <summary>The problem details of the server, as JSON; null when it did not refuse the export.</summary>
    public string? Problem { get; init; }

    /// <summary>Why it failed, in one sentence; null when it did not.</summary>
    public string? ToSentence() => (Problem is null ? null : JsonSerializer.Deserialize(Problem, DashboardJson.Default.Problem)?.ToSentence()) ?? Fault;
}
