using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>Blocks commits of the event loop until disposed, like a disk that does not respond.</summary>
internal sealed class HeldCommit : IDisposable
{
    private readonly ManualResetEventSlim _release = new();
    private readonly EventQueue _queue;
    private readonly Task _holding;

    private HeldCommit(TestServer server, TaskCompletionSource held)
    {
        _queue = server.Services.GetRequiredService<EventQueue>();
        var gate = server.Services.GetRequiredService<CommitGate>();
        _holding = Task.Factory.StartNew(
            () => gate.Run(() =>
            {
                held.SetResult();
                _release.Wait();
            }),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    public static async Task<HeldCommit> StartAsync(TestServer server)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var holder = new HeldCommit(server, held);
        await held.Task;
        return holder;
    }

    /// <summary>Gives the event loop an item to commit, and waits until it has started.</summary>
    public async Task UnderWayAsync()
    {
        await _queue.WriteAsync(PostedEvents.Message(Encoding.UTF8.GetBytes("{}"), DateTimeOffset.UnixEpoch, () => { }), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Task.FromResult(_queue.Reader.Count == 0), "the event loop has taken it");
    }

    public void Dispose()
    {
        _release.Set();
        _holding.Wait();
        _release.Dispose();
    }
}
