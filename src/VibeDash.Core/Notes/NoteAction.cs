namespace VibeDash.Core.Notes;

/// <summary>What a person did to a note.</summary>
public enum NoteAction
{
    /// <summary>Wrote it.</summary>
    Added,

    /// <summary>Changed its time, kind or text.</summary>
    Changed,

    /// <summary>Deleted it.</summary>
    Deleted,
}
