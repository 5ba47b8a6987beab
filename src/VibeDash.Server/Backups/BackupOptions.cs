using System.ComponentModel.DataAnnotations;

namespace VibeDash.Server.Backups;

/// <summary>Section <c>Backup</c>.</summary>
internal sealed class BackupOptions
{
    public const string Section = "Backup";

    /// <summary>Folder of the backups, created when missing; empty for <c>backups</c> in the folder of the database.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Maximum number of backups kept: when a new one is complete, the oldest beyond this number are deleted.</summary>
    [Range(1, 1000, ErrorMessage = "1 to 1,000")]
    public int Keep { get; set; } = 7;
}
