using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>What came of taking something out of service, or returning it.</summary>
/// <param name="Entry">It as it is now; null when nothing was done.</param>
/// <param name="Fault">Why nothing was done, in one sentence; null when it was done.</param>
public sealed record OutOfServiceResult(OutOfService? Entry, string? Fault);
