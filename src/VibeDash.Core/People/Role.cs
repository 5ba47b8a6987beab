namespace VibeDash.Core.People;

/// <summary>What a person is in the plant. Each role may do all that the one before may.</summary>
public enum Role
{
    /// <summary>Looks.</summary>
    Viewer,

    /// <summary>Answers alerts and writes notes.</summary>
    Technician,

    /// <summary>Decides what is watched, and how.</summary>
    Engineer,

    /// <summary>Decides who may do what.</summary>
    Administrator,
}
