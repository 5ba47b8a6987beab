namespace VibeDash.Server.People;

/// <summary>The fields about a passkey on the page of the account.</summary>
internal sealed class PasskeyEntry
{
    /// <summary>The name that the person gives it.</summary>
    public string? Name { get; set; }

    /// <summary>The one to be removed.</summary>
    public string? Id { get; set; }
}
