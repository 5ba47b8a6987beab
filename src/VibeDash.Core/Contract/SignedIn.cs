using VibeDash.Core.People;

namespace VibeDash.Core.Contract;

/// <summary>Who makes the requests of a browser or a program.</summary>
/// <param name="Name">Name on record.</param>
/// <param name="Permissions">What they may do; a page offers nothing else.</param>
public sealed record SignedIn(string Name, Permission[] Permissions)
{
    /// <summary>True for the person whom a server in development signs in by itself.</summary>
    public bool IsDemo { get; init; }

    /// <summary>True for a display: nobody is signed in at it.</summary>
    public bool IsDisplay { get; init; }

    /// <summary>The places to which they are limited; null for everywhere: <see cref="PlaceLimit"/>.</summary>
    public string[]? Places { get; init; }

    /// <summary>True when they may do it.</summary>
    public bool May(Permission permission) => Permissions.Contains(permission);
}
