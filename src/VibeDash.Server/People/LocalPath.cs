namespace VibeDash.Server.People;

/// <summary>Addresses to return to after signing in.</summary>
internal static class LocalPath
{
    /// <summary>The path, if it is one of this site; else that of the fleet. A link to the sign-in page must not lead to another site afterwards.</summary>
    public static string Of(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) && Uri.TryCreate(path, UriKind.Relative, out _) ? path : "/";
}
