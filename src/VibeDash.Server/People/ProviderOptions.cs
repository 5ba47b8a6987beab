using System.ComponentModel.DataAnnotations;
using VibeDash.Core.People;

namespace VibeDash.Server.People;

/// <summary>Section <c>OpenIdConnect</c>: a provider at which people sign in, beside names and passwords of VibeDash.</summary>
internal sealed class ProviderOptions : IValidatableObject
{
    public const string Section = "OpenIdConnect";

    private const string SecretRule = "a secret, in ClientSecret or in a readable file ClientSecretFile, not in both";

    /// <summary>Address of the provider, below which <c>/.well-known/openid-configuration</c> is. Empty, the default, is none.</summary>
    public string Authority { get; set; } = "";

    /// <summary>Client id of VibeDash at the provider.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Client secret; empty for a public client, which has PKCE only, or with <see cref="ClientSecretFile"/>.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>File that holds nothing but the client secret; read at the start.</summary>
    public string ClientSecretFile { get; set; } = "";

    /// <summary>Name of the provider on the button and on record.</summary>
    [Required(ErrorMessage = "1 to 50 characters")]
    [StringLength(50, ErrorMessage = "1 to 50 characters")]
    public string DisplayName { get; set; } = "single sign-on";

    /// <summary>Claim with a person's name on record.</summary>
    [Required(ErrorMessage = "the name of a claim")]
    public string NameClaim { get; set; } = "name";

    /// <summary>Claim with a person's roles or groups; text or an array.</summary>
    [Required(ErrorMessage = "the name of a claim")]
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The values of <see cref="RoleClaim"/> that make a person a <see cref="Role"/>, by its name. Of several the highest counts; with none nobody gets in.</summary>
    public Dictionary<string, string[]> Roles { get; set; } = [];

    /// <summary>Scopes beside <c>openid</c>. Default: <c>profile</c>.</summary>
    public string[] Scopes { get; set; } = [];

    /// <summary>How long a session lasts, in hours; then the provider is asked again.</summary>
    [Range(1, 336, ErrorMessage = "1 to 336")]
    public int SessionHours { get; set; } = 24;

    /// <summary>True when people can sign in with a provider.</summary>
    public bool IsConfigured => Authority.Length > 0;

    /// <summary>The scopes, or the default when none is configured: binding an array appends to its default.</summary>
    public IReadOnlyList<string> EffectiveScopes => ["openid", .. Scopes.Length > 0 ? Scopes : ["profile"]];

    /// <summary>The client secret, wherever it is kept; null for none.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public string? ReadSecret() =>
        ClientSecretFile.Length > 0 ? File.ReadAllText(ClientSecretFile).Trim()
        : ClientSecret.Length > 0 ? ClientSecret
        : null;

    /// <summary>The highest role that these values of <see cref="RoleClaim"/> give; null for none.</summary>
    public Role? RoleOf(IEnumerable<string> values)
    {
        var known = Roles.SelectMany(role => role.Value.Select(value => (Value: value, Role: Enum.Parse<Role>(role.Key, ignoreCase: true)))).ToLookup(pair => pair.Value, pair => pair.Role, StringComparer.Ordinal);
        return values.SelectMany(value => known[value]).Select(role => (Role?)role).Max();
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured)
        {
            if (ClientId.Length > 0 || ClientSecret.Length > 0 || ClientSecretFile.Length > 0 || Roles.Count > 0)
                yield return new("the address of the provider, as the other settings of OpenIdConnect are set", [nameof(Authority)]);
            yield break;
        }

        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.Query.Length > 0 || address.Fragment.Length > 0)
            yield return new("an address such as https://login.plant/realms/hall, without a query", [nameof(Authority)]);
        if (ClientId.Length == 0)
            yield return new("the client id of VibeDash at the provider", [nameof(ClientId)]);
        if (ClientSecretFile.Length > 0 && (ClientSecret.Length > 0 || !HoldsSecret()))
            yield return new(SecretRule, [nameof(ClientSecretFile)]);
        if (Roles.Keys.FirstOrDefault(role => !Enum.GetNames<Role>().Contains(role, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            yield return new($"{string.Join(", ", Enum.GetNames<Role>())}, not '{unknown}'", [nameof(Roles)]);
        else if (Roles.Count == 0 || Roles.Values.Any(values => values.Length == 0 || values.Contains("", StringComparer.Ordinal)))
            yield return new("for each role its values of the claim, such as OpenIdConnect:Roles:Engineer:0=maintenance; without any nobody could sign in", [nameof(Roles)]);
        else if (Roles.SelectMany(role => role.Value).CountBy(value => value, StringComparer.Ordinal).FirstOrDefault(value => value.Value > 1).Key is { } twice)
            yield return new($"each value for one role; '{twice}' is there twice", [nameof(Roles)]);
        if (Scopes.Any(scope => scope.Length == 0 || scope.Any(char.IsWhiteSpace)))
            yield return new("scopes without spaces, one in each entry", [nameof(Scopes)]);
    }

    private bool HoldsSecret()
    {
        try
        {
            return ReadSecret() is { Length: > 0 };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
