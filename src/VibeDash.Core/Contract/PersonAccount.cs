using VibeDash.Core.People;

namespace VibeDash.Core.Contract;

/// <summary>A person who may sign in.</summary>
/// <param name="Id">Its identity; a name may be given again to another person.</param>
/// <param name="Name">Name on record.</param>
/// <param name="Role">What they may do.</param>
/// <param name="IsBlocked">An administrator has locked them out.</param>
/// <param name="HasSecondFactor">They also give a code when they sign in.</param>
/// <param name="CreatedAt">When they were added.</param>
/// <param name="Sessions">Number of browsers in which they are signed in.</param>
public sealed record PersonAccount(string Id, string Name, Role Role, bool IsBlocked, bool HasSecondFactor, DateTimeOffset CreatedAt, int Sessions)
{
    /// <summary>The places to which they are limited; null for everywhere: <see cref="PlaceLimit"/>.</summary>
    public string[]? Places { get; init; }

    /// <summary>Number of their passkeys.</summary>
    public int Passkeys { get; init; }

    /// <summary>Name of the OpenID Connect provider with which they sign in, and which decides their role; null when they have a password here.</summary>
    public string? Provider { get; init; }
}
