namespace VibeDash.Server.People;

/// <summary>The fields of the pages that ask for name and password.</summary>
internal sealed class SignInEntry
{
    public string? Name { get; set; }

    public string? Password { get; set; }

    /// <summary>The session outlives the browser.</summary>
    public bool Stay { get; set; }
}
