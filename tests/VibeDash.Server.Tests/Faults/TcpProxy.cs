using System.Net;
using System.Net.Sockets;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>The network between a server and its broker: can be cut, and can stall without being cut.</summary>
internal sealed class TcpProxy : TestBroker
{
    private readonly TestBroker _broker;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _lock = new();
    private readonly List<Socket> _sockets = [];
    private readonly Task _accepting;
    private TaskCompletionSource _forwarding = Completed();

    public TcpProxy(TestBroker broker)
    {
        _broker = broker;
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Settings that make a server use the broker behind the proxy.</summary>
    public override IEnumerable<(string Key, string Value)> Settings => [("Broker:Host", "127.0.0.1"), ("Broker:Port", $"{Port}")];

    /// <summary>Breaks all connections, in the middle of any packet.</summary>
    /// <returns>False when there was none.</returns>
    public bool Cut()
    {
        lock (_lock)
        {
            var any = _sockets.Any(socket => socket.Connected);

            // With a reset, like a router that has lost its state.
            foreach (var socket in _sockets)
                socket.Close(0);
            _sockets.Clear();
            return any;
        }
    }

    /// <summary>Stops forwarding on existing and new connections, without closing any.</summary>
    public void FallSilent()
    {
        lock (_lock)
            _forwarding = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Resumes forwarding. Held data is delivered late, as in real networks.</summary>
    public void Speak() => _forwarding.TrySetResult();

    public override async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _ended.Dispose();
        await base.DisposeAsync();
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptSocketAsync(_ended.Token);
                var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    await far.ConnectAsync(IPAddress.Loopback, _broker.Port, _ended.Token);
                }
                catch (SocketException)
                {
                    near.Dispose();
                    far.Dispose();
                    continue;
                }

                lock (_lock)
                    _sockets.AddRange([near, far]);

                _ = ForwardAsync(near, far);
                _ = ForwardAsync(far, near);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ForwardAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _ended.Token) is > 0 and var count)
            {
                await _forwarding.Task.WaitAsync(_ended.Token);
                for (var sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _ended.Token);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }

        to.Dispose();
    }
}
