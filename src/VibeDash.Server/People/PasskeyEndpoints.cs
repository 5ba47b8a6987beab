namespace VibeDash.Server.People;

/// <summary>What a browser asks the person's authenticator with.</summary>
internal static class PasskeyEndpoints
{
    /// <summary>Path of the question for signing in.</summary>
    public const string Path = "/sign-in/passkey";

    /// <summary>Maps it. A cookie of five minutes keeps the challenge.</summary>
    public static void MapPasskeys(this IEndpointRouteBuilder endpoints) => endpoints
        .MapPost(Path, async (PersonSignIn signIn) => TypedResults.Text(await signIn.MakePasskeyRequestOptionsAsync(user: null), "application/json"))
        .AllowAnonymous().ExcludeFromDescription();
}
