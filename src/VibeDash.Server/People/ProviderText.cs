namespace VibeDash.Server.People;

/// <summary>The sentences about a sign-in with the provider that did not come about.</summary>
internal static class ProviderText
{
    /// <summary>What happened, and what to do.</summary>
    /// <param name="refusal">Why not.</param>
    /// <param name="provider">Display name of the provider.</param>
    public static string Of(ProviderRefusal refusal, string provider) => refusal switch
    {
        ProviderRefusal.Unreachable => $"{provider} does not answer. Try again later; name and password of VibeDash go on working.",
        ProviderRefusal.Declined => $"{provider} has not signed you in. Try again, or ask who administers it.",
        ProviderRefusal.Stale => "This sign-in was begun too long ago, or in another browser. Begin again.",
        ProviderRefusal.NoRole => $"{provider} knows you, but gives you no role in VibeDash. Ask an administrator for one.",
        ProviderRefusal.NameTaken => $"Another person here has the name that {provider} gives you, and keeps it. Ask an administrator of VibeDash: one of the two needs another name.",
        ProviderRefusal.NoName => $"{provider} does not tell VibeDash your name. Ask who administers it.",
        ProviderRefusal.LockedOut => "An administrator of VibeDash has locked you out.",
        ProviderRefusal.TooMany => "Too many attempts to sign in. Wait a minute.",
        ProviderRefusal.NotStored => "VibeDash cannot store your account at present. Try again later.",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "Not a refusal."),
    };
}
