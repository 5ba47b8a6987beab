using System.ComponentModel.DataAnnotations;

namespace VibeDash.Server.Storage;

/// <summary>Section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Folder of the database file, created if missing; relative to the working directory.</summary>
    [Required(ErrorMessage = "a folder the server may write to")]
    public string Folder { get; set; } = "data";

    /// <summary>Maximum number of sensors; events of further sensors are rejected. Bounds memory: about 3 KB per sensor.</summary>
    [Range(1, 1_000_000, ErrorMessage = "1 to 1,000,000")]
    public int MaximumSensors { get; set; } = 50_000;
}
