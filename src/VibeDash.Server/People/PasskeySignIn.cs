using Microsoft.AspNetCore.Identity;
using VibeDash.Core.Contract;
using VibeDash.Server.Refusals;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.People;

/// <summary>Signing in with a passkey in place of password and code, and the check of a new one. Scoped to a request.</summary>
internal sealed partial class PasskeySignIn(PersonSignIn signIn, UserManager<Person> people, IHttpContextAccessor accessor, PersonRecord record, ILogger<PasskeySignIn> logger)
{
    private const int LongestCredential = 16 * 1024;

    /// <summary>Signs in the person whose passkey has answered; false when it is not known here, or its person is locked out.</summary>
    /// <param name="credential">What the browser got from the authenticator, as JSON.</param>
    public async Task<bool> SignInAsync(string? credential)
    {
        if (await TryAsync(credential, signIn.PerformPasskeyAssertionAsync) is not { Succeeded: true } answer)
            return false;

        // Wrong passwords lock nobody out who has a passkey: there is nothing to guess.
        var (person, passkey) = (answer.User, answer.Passkey);
        var mayEnter = await signIn.CanSignInAsync(person) && await KeepAsync(person, passkey);
        if (mayEnter)
            await signIn.SignInAsync(person, isPersistent: false);
        var actor = new Actor(person.UserName!) { Origin = RequestActor.Origin(accessor.HttpContext!) };
        await record.AddAsync("SignIn", actor, detail: $"with the passkey {passkey.Name}", refusal: mayEnter ? null : RefusalCode.NotPermitted);
        return mayEnter;
    }

    /// <summary>The passkey that was made for a person; null when it answers no question that this browser was given in the last five minutes.</summary>
    /// <param name="person">Who has asked for it.</param>
    /// <param name="credential">What the browser got from the authenticator, as JSON.</param>
    public async Task<UserPasskeyInfo?> CheckNewAsync(Person person, string? credential) =>
        await TryAsync(credential, signIn.PerformPasskeyAttestationAsync) is { Succeeded: true } answer && answer.UserEntity.Id == person.Id && await people.FindByPasskeyIdAsync(answer.Passkey.CredentialId) is null
            ? answer.Passkey
            : null;

    // The counter of the authenticator, unless the passkey was removed meanwhile: storing would add it again.
    private async Task<bool> KeepAsync(Person person, UserPasskeyInfo passkey)
    {
        await PersonService.One.WaitAsync();
        try
        {
            if (await people.FindByPasskeyIdAsync(passkey.CredentialId) is null)
                return false;
            await people.AddOrUpdatePasskeyAsync(person, passkey);
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            // On a full disk it signs in all the same.
            LogFault(StorageFault.Describe(fault));
        }
        finally
        {
            PersonService.One.Release();
        }

        return true;
    }

    private static async Task<T?> TryAsync<T>(string? credential, Func<string, Task<T>> check)
        where T : class
    {
        try
        {
            return credential is { Length: > 0 and <= LongestCredential } ? await check(credential) : null;
        }
        catch (InvalidOperationException)
        {
            // The browser has no question open.
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The use of a passkey could not be stored: {Fault}")]
    private partial void LogFault(string fault);
}
