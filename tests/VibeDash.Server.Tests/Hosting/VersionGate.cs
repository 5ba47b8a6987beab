using System.Net;
using System.Net.Sockets;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>Sits in front of a broker and refuses MQTT 5 exactly like a broker that supports only 3.1.1.</summary>
internal sealed class VersionGate : TestBroker
{
    private const int LevelInConnect = 8;

    private readonly TestBroker _broker;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _accepting;
    private int _refused;

    public VersionGate(TestBroker broker)
    {
        _broker = broker;
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Number of refused connections.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public override IEnumerable<(string Key, string Value)> Settings => [("Broker:Host", "127.0.0.1"), ("Broker:Port", $"{Port}")];

    public override async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ended.Dispose();
        await base.DisposeAsync();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_ended.Token));
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            // The fixed header of such a short packet has two bytes; then follow the name "MQTT" with its length, and the level.
            var connect = new byte[512];
            var length = await near.GetStream().ReadAtLeastAsync(connect, LevelInConnect + 1, cancellationToken: _ended.Token);
            if (connect[LevelInConnect] != 4)
            {
                Interlocked.Increment(ref _refused);
                await near.GetStream().WriteAsync(new byte[] { 0x20, 2, 0, 1 }, _ended.Token);
                return;
            }

            await far.ConnectAsync(IPAddress.Loopback, _broker.Port, _ended.Token);
            await far.GetStream().WriteAsync(connect.AsMemory(0, length), _ended.Token);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), _ended.Token), far.GetStream().CopyToAsync(near.GetStream(), _ended.Token));
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
        }
    }
}
