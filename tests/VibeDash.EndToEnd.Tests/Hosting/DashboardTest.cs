namespace VibeDash.EndToEnd.Tests.Hosting;

/// <summary>
/// A test with its own server and store. Also fails when the server or a page has logged an error. Screenshots of the pages of a failed test are stored
/// in <c>artifacts/failures</c>.
/// </summary>
public abstract class DashboardTest(PublishedServer published, Chromium chromium) : IAsyncLifetime
{
    private readonly List<Visitor> _visitors = [];
    private readonly List<Sensor> _sensors = [];

    /// <summary>The server.</summary>
    protected ServerProcess Server { get; } = new(published.Folder);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _ = chromium.Browser;
        try
        {
            await Server.StartAsync();
        }
        catch
        {
            // The runner does not dispose a test that failed to start, and its server would keep running.
            await Server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var faults = _visitors.SelectMany(visitor => visitor.Faults).ToArray();
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
            await PictureAsync();
        foreach (var visitor in _visitors)
            await visitor.DisposeAsync();
        foreach (var sensor in _sensors)
            await sensor.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);

        faults.ShouldBeEmpty();
        Server.Errors.ShouldBeEmpty(Server.Output);
    }

    /// <summary>A visitor of the dashboard.</summary>
    protected async Task<Visitor> VisitorAsync(BrowserNewContextOptions? options = null)
    {
        var visitor = await Visitor.ComeAsync(chromium.Browser, Server, options);
        _visitors.Add(visitor);
        return visitor;
    }

    /// <summary>A visitor who has opened a page, which is live.</summary>
    protected async Task<Visitor> VisitorAtAsync(string path)
    {
        var visitor = await VisitorAsync();
        await visitor.OpenAsync(path);
        return visitor;
    }

    /// <summary>Sensors on the embedded broker.</summary>
    protected async Task<Sensor> SensorAsync()
    {
        var sensor = await Sensor.ConnectAsync(Server);
        _sensors.Add(sensor);
        return sensor;
    }

    private async Task PictureAsync()
    {
        var name = TestContext.Current.TestMethod?.MethodName ?? "test";
        for (var i = 0; i < _visitors.Count; i++)
            await _visitors[i].Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Artifacts("failures"), $"{name}-{i + 1}.png"), FullPage = true });
    }
}
