namespace VibeDash.Server.People;

/// <summary>The fields of a change of one's own password.</summary>
internal sealed class PasswordEntry
{
    public string? Present { get; set; }

    public string? Next { get; set; }
}
