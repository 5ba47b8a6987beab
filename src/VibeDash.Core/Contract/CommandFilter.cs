namespace VibeDash.Core.Contract;

/// <summary>Selects entries of the command record; null matches all.</summary>
/// <param name="By">Name of the actor.</param>
/// <param name="Name">Name of the command.</param>
/// <param name="Subject">Subject of the command.</param>
/// <param name="IsRefused">True for refused commands only.</param>
public sealed record CommandFilter(string? By = null, string? Name = null, string? Subject = null, bool IsRefused = false);
