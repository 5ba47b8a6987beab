using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.People;

/// <summary>The framework's store, with the keys of authenticator apps and the recovery codes encrypted.</summary>
internal sealed class PersonStore(PeopleContext context, IDataProtectionProvider protection, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<Person, PeopleContext>(context, describer)
{
    private readonly IDataProtector _protector = protection.CreateProtector("VibeDash.People.Tokens");

    /// <inheritdoc/>
    public override Task SetTokenAsync(Person user, string loginProvider, string name, string? value, CancellationToken cancellationToken = default) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null : _protector.Protect(value), cancellationToken);

    /// <inheritdoc/>
    public override async Task<string?> GetTokenAsync(Person user, string loginProvider, string name, CancellationToken cancellationToken = default)
    {
        if (await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is not { } value)
            return null;
        try
        {
            return _protector.Unprotect(value);
        }
        catch (CryptographicException)
        {
            // The folder of the keys was lost: the person needs a new one from an administrator.
            return null;
        }
    }
}
