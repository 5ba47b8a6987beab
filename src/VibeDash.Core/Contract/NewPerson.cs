using VibeDash.Core.Faults;
using VibeDash.Core.People;

namespace VibeDash.Core.Contract;

/// <summary>A person to be added.</summary>
/// <param name="Name">Name to sign in with and on record, 1 to <see cref="Actor.MaximumLength"/> characters.</param>
/// <param name="Password">Their first password.</param>
/// <param name="Role">What they may do.</param>
public sealed record NewPerson(string Name, string Password, Role Role)
{
    /// <summary>Minimum length of a password, in characters.</summary>
    public const int MinimumPassword = 12;

    /// <summary>Maximum length of a password, in characters: hashing takes time.</summary>
    public const int MaximumPassword = 200;

    /// <summary>The places to which they are limited; null or empty for everywhere. An administrator is not limited.</summary>
    public string[]? Places { get; init; }

    /// <summary>The first fault of the name and the password; null for none. The server may refuse a password that is too common, too.</summary>
    public FieldFault? Fault() =>
        Actor.Of(Name) is null ? FieldFault.Of("name", FaultCode.ActorInvalid, Actor.MaximumLength)
        : !Enum.IsDefined(Role) ? new("role", FaultCode.NotOneOf, Enum.GetNames<Role>())
        : PlaceLimit.Fault("places", Places) ?? (Role == Role.Administrator && Places is { Length: > 0 } ? FieldFault.Of("places", FaultCode.PlacesNotAllowed) : PasswordFault(Password));

    /// <summary>The fault of a password; null for none.</summary>
    public static FieldFault? PasswordFault(string? password) => password is { Length: >= MinimumPassword and <= MaximumPassword }
        ? null
        : FieldFault.Of("password", FaultCode.PasswordLength, MinimumPassword, MaximumPassword);
}
