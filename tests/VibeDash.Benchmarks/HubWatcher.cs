using System.Buffers.Text;
using System.Net.WebSockets;
using System.Text.Json;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Benchmarks;

/// <summary>
/// A hub client with minimal cost, so that many of them leave the processor to the measured server: the hub's JSON protocol over a WebSocket, without
/// a client library. Counts messages, and parses only the times of ticks.
/// </summary>
internal sealed class HubWatcher : IAsyncDisposable
{
    private const byte RecordSeparator = 0x1E;

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly List<double> _ages = [];
    private Task _reading = Task.CompletedTask;
    private long _lastPosition = -1;
    private bool _counting;

    /// <summary>Messages that carried ticks.</summary>
    public long Messages { get; private set; }

    /// <summary>Ticks in them.</summary>
    public long Ticks { get; private set; }

    /// <summary>Alert changes.</summary>
    public long AlertChanges { get; private set; }

    /// <summary>Journal position of the last alert change; -1 before the first.</summary>
    public long LastPosition => Interlocked.Read(ref _lastPosition);

    /// <summary>Alert changes that did not follow the previous one.</summary>
    public long Gaps { get; private set; }

    /// <summary>Milliseconds from a reading's event time to the arrival of the tick with it, since <see cref="StartCounting"/>.</summary>
    public IReadOnlyList<double> Ages => _ages;

    /// <summary>Why the connection ended; null while it has not.</summary>
    public string? Fault { get; private set; }

    /// <summary>Called with each alert change and its arrival time; null for none.</summary>
    public Action<AlertChange>? AlertChanged { get; init; }

    public static async Task<HubWatcher> ConnectAsync(Scene scene, Action<AlertChange>? alertChanged = null)
    {
        var watcher = new HubWatcher { AlertChanged = alertChanged };
        watcher._socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        await watcher._socket.ConnectAsync(new UriBuilder(new Uri(scene.Site, LiveHubMethods.Path)) { Scheme = "ws" }.Uri, CancellationToken.None);
        await watcher.SendAsync("""{"protocol":"json","version":1}"""u8.ToArray());
        watcher._reading = Task.Run(() => Task.WhenAll(watcher.ReadAsync(), watcher.PingAsync()));
        return watcher;
    }

    public Task WatchFleetAsync() => InvokeAsync(LiveHubMethods.WatchFleet);

    public Task WatchAsync(string[] sensorIds) => InvokeAsync(LiveHubMethods.WatchSensors, [sensorIds]);

    /// <summary>Starts recording ages.</summary>
    public void StartCounting()
    {
        Volatile.Write(ref _counting, true);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
        _ended.Dispose();
    }

    private Task InvokeAsync(string method, params object[] arguments) =>
        SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { type = 1, target = method, arguments }));

    private async Task SendAsync(byte[] message)
    {
        await _sending.WaitAsync(_ended.Token);
        try
        {
            await _socket.SendAsync((byte[])[.. message, RecordSeparator], WebSocketMessageType.Text, true, _ended.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    // The server closes a connection that is silent for 30 seconds.
    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10));
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
                await SendAsync("""{"type":6}"""u8.ToArray());
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            // The reader reports the reason.
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                    Array.Resize(ref buffer, 2 * buffer.Length);
                var received = await _socket.ReceiveAsync(buffer.AsMemory(length), _ended.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                    throw new WebSocketException("The server ended the connection.");
                var now = TimeProvider.System.GetUtcNow().UtcDateTime;
                var start = 0;
                length += received.Count;
                for (int end; (end = buffer.AsSpan(start, length - start).IndexOf(RecordSeparator)) >= 0; start += end + 1)
                    Take(buffer.AsSpan(start, end), now);
                buffer.AsSpan(start, length - start).CopyTo(buffer);
                length -= start;
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            Fault = e.Message;
        }
    }

    private void Take(ReadOnlySpan<byte> message, DateTime now)
    {
        // The protocol writes the target immediately after the type.
        if (message.StartsWith("""{"type":1,"target":"Ticks","""u8))
            TakeTicks(message, now);
        else if (message.StartsWith("""{"type":1,"target":"AlertsChanged","""u8))
            TakeAlertChanges(message);
    }

    private void TakeTicks(ReadOnlySpan<byte> message, DateTime now)
    {
        Messages++;
        var name = "\"timestamp\":\""u8;
        for (int at; (at = message.IndexOf(name)) >= 0;)
        {
            message = message[(at + name.Length)..];
            Ticks++;
            if (_counting && Utf8Parser.TryParse(Padded(message), out DateTime timestamp, out _, 'O'))
                _ages.Add((now - timestamp.ToUniversalTime()).TotalMilliseconds);
        }
    }

    // JSON omits trailing zeros required by the parser.
    private static byte[] Padded(ReadOnlySpan<byte> message)
    {
        var text = "0000-00-00T00:00:00.0000000Z"u8.ToArray();
        var end = message[..Math.Min(message.Length, 32)].IndexOfAny((byte)'Z', (byte)'+');
        message[..end].CopyTo(text);
        return text;
    }

    private void TakeAlertChanges(ReadOnlySpan<byte> message)
    {
        using var json = JsonDocument.Parse(message.ToArray());
        foreach (var change in json.RootElement.GetProperty("arguments")[0].Deserialize(DashboardJson.Default.AlertChangeArray)!)
        {
            AlertChanges++;
            if (_lastPosition >= 0 && change.Transition.Position != _lastPosition + 1)
                Gaps++;
            Interlocked.Exchange(ref _lastPosition, change.Transition.Position);
            AlertChanged?.Invoke(change);
        }
    }
}
