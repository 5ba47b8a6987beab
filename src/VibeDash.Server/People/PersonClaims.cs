using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Refusals;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.People;

/// <summary>The claims of a person, a key or the demo person: id, name, and one claim for each permission.</summary>
internal static class PersonClaims
{
    /// <summary>Type of the claim of a <see cref="Permission"/>. The framework's "role" is our permission.</summary>
    public const string Permission = "permission";

    /// <summary>Type of the claim with the name on record.</summary>
    public const string Name = "name";

    /// <summary>An identity with these permissions.</summary>
    public static ClaimsIdentity Identity(string scheme, string id, string name, IEnumerable<Permission> permissions, PlaceLimit? limit = null) => new(
        [new(ClaimTypes.NameIdentifier, id), new(Name, name), .. permissions.Select(permission => new Claim(Permission, permission.ToString())), .. Of(limit)], scheme, Name, Permission);

    /// <summary>True when the principal may do it.</summary>
    public static bool May(this ClaimsPrincipal principal, Permission permission) => principal.HasClaim(Permission, permission.ToString());

    /// <summary>Id of the person or key; null when nobody is signed in.</summary>
    public static string? Id(this ClaimsPrincipal principal) => principal.FindFirstValue(ClaimTypes.NameIdentifier);

    /// <summary>Who it is, for their browser; null when nobody is signed in.</summary>
    public static SignedIn? ToSignedIn(this ClaimsPrincipal principal) => principal.Identity is not { IsAuthenticated: true, Name: { } name } identity
        ? null
        : new(name, [.. Enum.GetValues<Permission>().Where(permission => principal.May(permission))])
        {
            IsDemo = identity.AuthenticationType == DemoPerson.SchemeName,
            IsDisplay = identity.AuthenticationType == KeyAuthentication.DisplayType,
            Places = Sight.Of(principal).Limit?.Places.ToArray(),
        };

    private static IEnumerable<Claim> Of(PlaceLimit? limit) => limit is null ? [] : [new Claim(Sight.Claim, limit.Text)];

    /// <summary>Makes the claims of a person who signs in.</summary>
    internal sealed class Factory(UserManager<Person> people, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<Person>(people, options)
    {
        /// <inheritdoc/>
        protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
        {
            var identity = await base.GenerateClaimsAsync(user);
            identity.AddClaims(RolePermissions.Of(user.Role).Select(permission => new Claim(Permission, permission.ToString())));

            // A provider may have made a limited person an administrator, who is not limited.
            if (user.Role != Role.Administrator)
                identity.AddClaims(Of(PlaceLimit.Parse(user.Places)));
            return identity;
        }
    }
}
