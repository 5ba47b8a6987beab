namespace VibeDash.Core.Notes;

/// <summary>What a note says happened.</summary>
public enum NoteKind
{
    /// <summary>Something worth knowing.</summary>
    Remark,

    /// <summary>Maintenance was done: what was learned of the machine before may not hold any more.</summary>
    MaintenanceDone,
}
