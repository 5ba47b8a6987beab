namespace VibeDash.Server.Tests.Hosting;

/// <summary>A test with its own broker and database folder, and a server that can be restarted on them.</summary>
public abstract class ServerTest : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-test-").FullName;
    private TestServer? _server;

    private protected TestBroker Broker { get; private set; } = null!;

    private protected TestServer Server => _server!;

    private protected string Folder => _folder;

    public async ValueTask InitializeAsync()
    {
        Broker = CreateBroker();
        try
        {
            await Broker.StartAsync();
            await StartServerAsync();
            await BegunAsync();
        }
        catch
        {
            // The runner does not dispose a test that fails to start, and its broker would keep running.
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopServerAsync();
        await Broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract TestBroker CreateBroker();

    /// <summary>Preparation once the server runs, before the first test.</summary>
    private protected virtual Task BegunAsync() => Task.CompletedTask;

    private protected async Task StartServerAsync()
    {
        _server = await TestServer.StartAsync(_folder, Broker);
        await _server.ConnectedToBrokerAsync();
    }

    private protected async Task StopServerAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _server = null;
    }

    private protected async Task RestartServerAsync()
    {
        await StopServerAsync();
        await StartServerAsync();
    }
}
