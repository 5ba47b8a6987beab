using Microsoft.AspNetCore.Identity;
using VibeDash.Core.Contract;
using VibeDash.Core.People;

namespace VibeDash.Server.Storage.People;

/// <summary>A person who may sign in. The user name is the name on record.</summary>
internal sealed class Person : IdentityUser
{
    /// <summary>What they may do.</summary>
    public Role Role { get; set; }

    /// <summary>The places to which they are limited, one per line; null for everywhere: <see cref="PlaceLimit.Text"/>.</summary>
    public string? Places { get; set; }

    /// <summary>An administrator has locked them out: they cannot sign in, whatever their password.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>Time step of the latest code of the authenticator app that was used, in 30 s since 1970; null when none was.</summary>
    public long? LastCodeStep { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>A person to be added, without a password yet.</summary>
    public static Person Of(NewPerson person, DateTimeOffset at) => new() { UserName = person.Name.Trim(), Role = person.Role, Places = PlaceLimit.Of(person.Places)?.Text, CreatedAt = at };
}
