namespace VibeDash.Client.Export;

/// <summary>The result of a download.</summary>
/// <param name="Done">True when the file is complete.</param>
/// <param name="Cancelled">True when the user cancelled it.</param>
/// <param name="Fault">Why it failed; null when it did not.</param>
public sealed record ExportOutcome(bool Done, bool Cancelled, string? Fault);
