namespace VibeDash.EndToEnd.Tests.Hosting;

/// <summary>An authenticator of a page, as a phone has one: it keeps passkeys, and its person is always there.</summary>
internal sealed class VirtualAuthenticator
{
    private readonly ICDPSession _browser;
    private readonly string _id;

    private VirtualAuthenticator(ICDPSession browser, string id) => (_browser, _id) = (browser, id);

    /// <summary>Adds one to a page.</summary>
    public static async Task<VirtualAuthenticator> AddAsync(IPage page)
    {
        var browser = await page.Context.NewCDPSessionAsync(page);
        await browser.SendAsync("WebAuthn.enable");
        var added = await browser.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
        return new(browser, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>How many passkeys it keeps.</summary>
    public async Task<int> CountAsync() =>
        (await _browser.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = _id }))!.Value.GetProperty("credentials").GetArrayLength();

    /// <summary>Whether it recognises its person from now on, by finger, face or PIN.</summary>
    public Task VerifiesAsync(bool verifies) => _browser.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = _id, ["isUserVerified"] = verifies });
}
