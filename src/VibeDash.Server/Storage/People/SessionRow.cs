namespace VibeDash.Server.Storage.People;

/// <summary>A signed-in browser. Deleting the row ends the session.</summary>
internal sealed class SessionRow
{
    /// <summary>SHA-256 of the key in the cookie, in hexadecimal: who reads the database cannot take over a session.</summary>
    public required string Id { get; set; }

    public required string PersonId { get; set; }

    /// <summary>The claims, in the framework's form.</summary>
    public required byte[] Ticket { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Ends without a renewal.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Address of the browser when it signed in.</summary>
    public string? From { get; set; }
}
