namespace VibeDash.Client.Export;

/// <summary>How a download ended.</summary>
/// <param name="Done">True when the file is whole.</param>
/// <param name="Cancelled">True when the person ended it.</param>
/// <param name="Fault">Why it failed, or null.</param>
public sealed record ExportOutcome(bool Done, bool Cancelled, string? Fault);
