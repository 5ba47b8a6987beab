using VibeDash.Core.Notes;

namespace VibeDash.Client.Notes;

/// <summary>Texts about notes.</summary>
public static class NoteText
{
    /// <summary>Name of a kind of note.</summary>
    public static string Kind(NoteKind kind) => kind switch
    {
        NoteKind.MaintenanceDone => "Maintenance done",
        _ => "Remark",
    };

    /// <summary>Name of a journal entry.</summary>
    public static string Action(NoteAction action) => action switch
    {
        NoteAction.Added => "Written",
        NoteAction.Changed => "Changed",
        _ => "Deleted",
    };
}
