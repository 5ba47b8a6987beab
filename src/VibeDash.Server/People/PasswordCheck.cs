using VibeDash.Core.Faults;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.People;

/// <summary>Asks for the password of who is signed in once more, with the limits of signing in: an open session must not be a place to guess it.</summary>
internal sealed class PasswordCheck(PersonSignIn signIn, SignInLimits limits, IHttpContextAccessor accessor)
{
    /// <summary>What is wrong, in one sentence; null when the password is right.</summary>
    public async Task<string?> FaultAsync(Person person, string? password)
    {
        using var turn = await limits.TakeAsync(accessor.HttpContext!);
        return turn is null ? "Too many attempts. Wait a minute."
            : (await signIn.CheckPasswordSignInAsync(person, password ?? "", lockoutOnFailure: true)).Succeeded ? null
            : FaultText.Of(FieldFault.Of("present", FaultCode.PasswordWrong));
    }
}
