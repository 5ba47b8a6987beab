namespace VibeDash.Core.Contract;

/// <summary>People who may sign in, and keys of programs.</summary>
/// <remarks>Every method throws <see cref="HttpRequestException"/> when the server cannot be reached or fails, with status 401 when nobody is signed in.</remarks>
public interface IPersonApi
{
    /// <summary>Who is signed in.</summary>
    Task<SignedIn> GetSignedInAsync(CancellationToken cancellationToken = default);

    /// <summary>All people, by name.</summary>
    Task<PersonAccount[]> GetPeopleAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a person.</summary>
    Task<Answer<PersonAccount>> AddPersonAsync(NewPerson person, CancellationToken cancellationToken = default);

    /// <summary>Changes a person and ends all their sessions.</summary>
    Task<Answer<PersonAccount>> ChangePersonAsync(string personId, PersonEdit edit, CancellationToken cancellationToken = default);

    /// <summary>Removes a person and ends all their sessions; what they did stays on record.</summary>
    Task<Answer<PersonAccount>> RemovePersonAsync(string personId, CancellationToken cancellationToken = default);

    /// <summary>All keys, the newest first, with those that were revoked.</summary>
    Task<AccessKey[]> GetKeysAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes a key.</summary>
    Task<Answer<MadeAccessKey>> MakeKeyAsync(NewAccessKey key, CancellationToken cancellationToken = default);

    /// <summary>Pairs a display that shows a code: it gets a key of its own, for looking only.</summary>
    Task<Answer<AccessKey>> PairDisplayAsync(NewDisplay display, CancellationToken cancellationToken = default);

    /// <summary>Revokes a key for good, and closes the connections that are open with it.</summary>
    Task<Answer<AccessKey>> RevokeKeyAsync(string keyId, CancellationToken cancellationToken = default);
}
