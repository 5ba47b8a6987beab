namespace VibeDash.Server.Tests.Hosting;

/// <summary>A broker for one test: either the server's own or a Mosquitto process on a free loopback port.</summary>
internal abstract class TestBroker : IAsyncDisposable
{
    public int Port { get; } = LoopbackPort.Free();

    /// <summary>Settings that make the server use it.</summary>
    public abstract IEnumerable<(string Key, string Value)> Settings { get; }

    public virtual Task StartAsync() => Task.CompletedTask;

    public virtual Task StopAsync() => Task.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        await StopAsync();
        GC.SuppressFinalize(this);
    }
}
