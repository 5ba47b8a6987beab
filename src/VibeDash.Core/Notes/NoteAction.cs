namespace VibeDash.Core.Notes;

/// <summary>A user's action on a note.</summary>
public enum NoteAction
{
    /// <summary>The note was created.</summary>
    Added,

    /// <summary>Its time, kind or text was changed.</summary>
    Changed,

    /// <summary>The note was deleted.</summary>
    Deleted,
}
