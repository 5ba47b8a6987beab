namespace VibeDash.Server.People;

/// <summary>Why a sign-in with the provider did not come about; in the address of the sign-in page.</summary>
internal enum ProviderRefusal
{
    /// <summary>The provider does not answer, or answers something else.</summary>
    Unreachable,

    /// <summary>The person or the provider has refused.</summary>
    Declined,

    /// <summary>The answer belongs to no sign-in that this browser began in the last minutes.</summary>
    Stale,

    /// <summary>The claim of the roles gives none here.</summary>
    NoRole,

    /// <summary>Another person here has the name.</summary>
    NameTaken,

    /// <summary>The provider tells no name that can be put on record.</summary>
    NoName,

    /// <summary>An administrator has locked the person out.</summary>
    LockedOut,

    /// <summary>Too many attempts from an address.</summary>
    TooMany,

    /// <summary>The person cannot be stored.</summary>
    NotStored,
}
