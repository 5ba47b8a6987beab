namespace VibeDash.Server.People;

/// <summary>A display that waits to be paired.</summary>
/// <param name="secret">Known to its browser only, which receives the key for it.</param>
/// <param name="code">Shown on it.</param>
/// <param name="requester">Who asked: <see cref="SignInLimits.Network"/>.</param>
/// <param name="until">When the code becomes invalid.</param>
internal sealed class DisplayPairing(string secret, string code, string requester, DateTimeOffset until)
{
    /// <summary>Known to its browser only.</summary>
    public string Secret => secret;

    /// <summary>Shown on it.</summary>
    public string Code => code;

    /// <summary>Who asked.</summary>
    public string Requester => requester;

    /// <summary>When the code becomes invalid.</summary>
    public DateTimeOffset Until => until;

    /// <summary>True once somebody has entered its code.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>The key, once it is paired; the display may ask for it again, as the first answer may have been lost.</summary>
    public string? Key { get; set; }
}
