using System.Collections.Concurrent;

namespace VibeDash.EndToEnd.Tests.Hosting;

/// <summary>A user with a separate browser profile. All faults of its pages are recorded.</summary>
public sealed class Visitor : IAsyncDisposable
{
    // The browser's own messages about a server that cannot be reached, or has ended the session.
    private static readonly string[] SignsOfAbsence = ["net::ERR_CONNECTION", "net::ERR_EMPTY_RESPONSE", "net::ERR_INCOMPLETE_CHUNKED_ENCODING", "WebSocket connection to", "status of 401"];

    private readonly IBrowserContext _context;
    private readonly string _site;
    private readonly ConcurrentQueue<string> _faults = new();

    private Visitor(IBrowserContext context, IPage page, string site)
    {
        (_context, Page, _site) = (context, page, site);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !(ServerMayBeAway && SignsOfAbsence.Any(sign => message.Text.Contains(sign, StringComparison.Ordinal))))
                _faults.Enqueue($"console: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _faults.Enqueue($"script: {error}");
        page.Dialog += (_, dialog) =>
        {
            _faults.Enqueue($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    /// <summary>The page of this visitor.</summary>
    public IPage Page { get; }

    /// <summary>Console errors, script errors and dialogs so far.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>True while the test has stopped the server: failed connections are then expected.</summary>
    public bool ServerMayBeAway { get; set; }

    /// <summary>The connection state in the page header.</summary>
    public ILocator ConnectionState => Page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Status);

    /// <summary>The open alerts at the top of every page.</summary>
    public ILocator Banner => Page.GetByRole(AriaRole.Region, new() { Name = "Open alerts" });

    /// <summary>Opens a browser for <paramref name="server"/>.</summary>
    public static async Task<Visitor> ComeAsync(IBrowser browser, ServerProcess server, BrowserNewContextOptions? options = null)
    {
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout((float)TimeLimit.Limit.TotalMilliseconds);
        if (server.Session is { } session)
            await context.AddCookiesAsync([session]);
        return new(context, await context.NewPageAsync(), server.Site);
    }

    /// <summary>Opens a page by its address without the leading slash, and waits until it is live.</summary>
    public async Task OpenAsync(string path = "")
    {
        await GoAsync(path);
        await IsLiveAsync();
    }

    /// <summary>Opens a page and waits only for its HTML.</summary>
    public async Task GoAsync(string path = "") => (await Page.GotoAsync(_site + path))!.Status.ShouldBe(200, path);

    /// <summary>Waits until the page is live: clicks have no effect before.</summary>
    public Task IsLiveAsync() => Expect(ConnectionState).ToHaveTextAsync("Live");

    /// <summary>Sets a marker that a reload removes; see <see cref="WasNotReloadedAsync"/>.</summary>
    public Task MarkAsync() => Page.EvaluateAsync("() => { window.marked = true; }");

    /// <summary>Fails when the page was reloaded since <see cref="MarkAsync"/>.</summary>
    public async Task WasNotReloadedAsync() => (await Page.EvaluateAsync<bool>("() => window.marked === true")).ShouldBeTrue("The page was loaded again.");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
