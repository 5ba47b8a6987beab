using VibeDash.Core.Contract;
using VibeDash.Core.People;

namespace VibeDash.Client.Ui;

/// <summary>The person who is signed in at this browser. Not thread-safe: the browser has one thread.</summary>
public sealed class Me
{
    /// <summary>The person; null until it is known.</summary>
    public SignedIn? Person { get; set; }

    /// <summary>The person, for a request; the server puts on record whom it has signed in.</summary>
    public Actor Actor => new(Person?.Name ?? "");

    /// <summary>True when they may do it. The server decides; a page offers only what it would allow.</summary>
    public bool May(Permission permission) => Person?.May(permission) == true;
}
