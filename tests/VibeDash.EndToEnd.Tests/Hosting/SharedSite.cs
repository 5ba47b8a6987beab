namespace VibeDash.EndToEnd.Tests.Hosting;

/// <summary>One server for all tests of a class, who leave nothing in it that the others could meet.</summary>
public sealed class SharedSite(PublishedServer published, Chromium chromium) : IAsyncLifetime
{
    /// <summary>The server.</summary>
    public ServerProcess Server { get; } = new(published.Folder);

    /// <summary>Somebody with a browser of their own; nothing may have gone wrong in it when the test is over.</summary>
    public Task<Visitor> VisitorAsync(BrowserNewContextOptions options) => Visitor.ComeAsync(chromium.Browser, Server, options);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Programs.TryFind("chromium") is null)
            return;
        try
        {
            await Server.StartAsync();
        }
        catch
        {
            await Server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Server.Errors.ShouldBeEmpty(Server.Output);
    }
}
