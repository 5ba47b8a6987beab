namespace VibeDash.Core.Payloads;

/// <summary>A text that is the same for every message, or is found in each by a path.</summary>
/// <param name="Constant">The text, when there is no path.</param>
/// <param name="Path">The path, or null.</param>
public sealed record PayloadText(string Constant, JsonPath? Path = null);
