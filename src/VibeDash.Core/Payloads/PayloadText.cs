namespace VibeDash.Core.Payloads;

/// <summary>A constant text, or a path to it in each message.</summary>
/// <param name="Constant">The text when there is no path.</param>
/// <param name="Path">The path, or null.</param>
public sealed record PayloadText(string Constant, JsonPath? Path = null);
