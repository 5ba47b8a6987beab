using Microsoft.AspNetCore.Identity;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.People;

/// <summary>Refuses passwords of the required length that are tried first: made of the name, of the product, or of one short pattern.</summary>
internal sealed class CommonPasswords : IPasswordValidator<Person>
{
    private static readonly string[] Words = ["password", "passwort", "vibedash", "vibration", "administrator", "changeme", "letmein", "welcome", "qwerty", "qwertz", "asdfgh", "abcdef", "123456", "monitoring"];

    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password)
    {
        // What is left without such words must be worth something by itself.
        var rest = password?.ToUpperInvariant() ?? "";
        foreach (var word in Words.Append(user.UserName ?? "").Where(word => word.Length > 2))
            rest = rest.Replace(word.ToUpperInvariant(), "", StringComparison.Ordinal);
        return Task.FromResult(rest.Length < 6 || IsRepeated(rest) ? IdentityResult.Failed(new IdentityError { Code = "PasswordCommon" }) : IdentityResult.Success);
    }

    private static bool IsRepeated(string text) =>
        Enumerable.Range(1, text.Length / 3).Any(period => Enumerable.Range(period, text.Length - period).All(i => text[i] == text[i - period]));
}
