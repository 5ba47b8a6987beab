namespace VibeDash.Client.Trends;

/// <summary>A line of text above an exported picture.</summary>
/// <param name="Text">The text.</param>
/// <param name="Strong">True for the heading.</param>
/// <param name="Tone">Number of its sensor's colour; 0 for none.</param>
public sealed record PictureLine(string Text, bool Strong = false, int Tone = 0);
