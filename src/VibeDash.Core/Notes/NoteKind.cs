namespace VibeDash.Core.Notes;

/// <summary>Kind of a note.</summary>
public enum NoteKind
{
    /// <summary>A remark.</summary>
    Remark,

    /// <summary>Maintenance was done: earlier observations of the machine may no longer apply.</summary>
    MaintenanceDone,
}
