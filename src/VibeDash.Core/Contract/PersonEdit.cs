using VibeDash.Core.Faults;
using VibeDash.Core.People;

namespace VibeDash.Core.Contract;

/// <summary>A change of a person by an administrator; what is null stays. Any change ends all their sessions.</summary>
public sealed record PersonEdit
{
    /// <summary>What they may do from now on.</summary>
    public Role? Role { get; init; }

    /// <summary>True to lock them out, false to let them sign in again.</summary>
    public bool? IsBlocked { get; init; }

    /// <summary>A new password.</summary>
    public string? Password { get; init; }

    /// <summary>False to turn the second factor off, for a person who has lost their phone. It cannot be turned on for somebody else.</summary>
    public bool? HasSecondFactor { get; init; }

    /// <summary>The places to which they are limited; empty for everywhere. An administrator is not limited.</summary>
    public string[]? Places { get; init; }

    /// <summary>False to remove all their passkeys, for a person who has lost a device. None can be added for somebody else.</summary>
    public bool? HasPasskeys { get; init; }

    /// <summary>The first fault; null for none. The server may refuse a password that is too common, too.</summary>
    public FieldFault? Fault() =>
        Role is { } role && !Enum.IsDefined(role) ? new("role", FaultCode.NotOneOf, Enum.GetNames<Role>())
        : HasSecondFactor == true ? new("hasSecondFactor", FaultCode.NotOneOf, ["false"])
        : PlaceLimit.Fault("places", Places) is { } places ? places
        : HasPasskeys == true ? new("hasPasskeys", FaultCode.NotOneOf, ["false"])
        : Password is null ? null : NewPerson.PasswordFault(Password);
}
