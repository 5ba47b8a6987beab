using VibeDash.Core.Notes;

namespace VibeDash.Client.Notes;

/// <summary>What notes are called.</summary>
public static class NoteText
{
    /// <summary>A kind of note.</summary>
    public static string Kind(NoteKind kind) => kind switch
    {
        NoteKind.MaintenanceDone => "Maintenance done",
        _ => "Remark",
    };

    /// <summary>What was done to a note.</summary>
    public static string Action(NoteAction action) => action switch
    {
        NoteAction.Added => "Written",
        NoteAction.Changed => "Changed",
        _ => "Deleted",
    };
}
