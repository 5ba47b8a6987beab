namespace VibeDash.Core.Alerts;

/// <summary>A person takes note of an alert.</summary>
/// <param name="By">Who; 1 to <see cref="MaximumNameLength"/> characters, not blank.</param>
/// <param name="Note">What they noted; at most <see cref="MaximumNoteLength"/> characters, or null.</param>
public sealed record Acknowledgement(string By, string? Note)
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaximumNameLength = 100;

    /// <summary>Longest note, in characters.</summary>
    public const int MaximumNoteLength = 1000;

    /// <summary>What is wrong with it, in one sentence, or null when nothing is.</summary>
    public string? Fault() =>
        string.IsNullOrWhiteSpace(By) ? "Say who acknowledges: 'by' is missing."
        : By.Length > MaximumNameLength ? $"'by' is limited to {MaximumNameLength} characters."
        : Note?.Length > MaximumNoteLength ? $"'note' is limited to {MaximumNoteLength} characters."
        : null;
}
