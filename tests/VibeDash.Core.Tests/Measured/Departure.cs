namespace VibeDash.Core.Tests.Measured;

/// <summary>A documented departure of a machine from normal.</summary>
/// <param name="Name">The failure; sensors of one machine share it.</param>
/// <param name="Onset">Its documented onset.</param>
/// <param name="End">Its end; the maximum time for a failure.</param>
internal sealed record Departure(string Name, DateTimeOffset Onset, DateTimeOffset End);
