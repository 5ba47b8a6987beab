using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using VibeDash.Core.Sensors;
using VibeDash.Simulator.Events;

namespace VibeDash.Simulator.Sending;

/// <summary>
/// Publishes events at QoS 1 in the order given, many at a time in flight. An event stays in the window until the broker has
/// answered it; when the connection is lost, all that are in the window are sent again. One caller at a time.
/// </summary>
internal sealed class EventSender(SimulatorOptions options, TimeProvider time, TextWriter log) : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AcknowledgeTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly MqttClientFactory _factory = new();
    private readonly Queue<InFlight> _window = new();
    private IMqttClient? _client;
    private int _room = options.Window;

    public long Published { get; private set; }

    public long Acknowledged { get; private set; }

    public long Refused { get; private set; }

    public long Repeated { get; private set; }

    public long ConnectionFailures { get; private set; }

    /// <summary>Sends an event; waits while the window is full or there is no connection. A cancelled event stays in the window.</summary>
    public async Task SendAsync(VibrationEvent vibrationEvent, CancellationToken cancellationToken)
    {
        await WaitUntilAtMostAsync(_room - 1, cancellationToken);

        var message = new MqttApplicationMessage
        {
            Topic = $"sensors/{vibrationEvent.Reading.SensorId}/vibration",
            PayloadSegment = EventPayload.Write(vibrationEvent),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        };
        var inFlight = new InFlight(vibrationEvent.Reading.EventId, message);
        _window.Enqueue(inFlight);
        Published++;
        try
        {
            if (_client is null)
                await ConnectAndSendAgainAsync(cancellationToken);
            else
                inFlight.Attempt = _client.PublishAsync(message, CancellationToken.None);
        }
        catch (Exception fault)
        {
            await RecoverAsync(fault, cancellationToken);
        }
    }

    /// <summary>Takes note of the answers that have come, without waiting for others; recovers a lost connection.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        while (_window.TryPeek(out var oldest) && oldest.Attempt is { IsCompleted: true })
            await WaitUntilAtMostAsync(_window.Count - 1, cancellationToken);
    }

    /// <summary>Waits until everything is answered.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => WaitUntilAtMostAsync(0, cancellationToken);

    public void Dispose() => _client?.Dispose();

    private async Task WaitUntilAtMostAsync(int count, CancellationToken cancellationToken)
    {
        while (_window.Count > count)
        {
            try
            {
                var oldest = _window.Peek();
                var attempt = oldest.Attempt ?? throw new InvalidOperationException("There was no connection.");
                var answer = await attempt.WaitAsync(AcknowledgeTimeout, time, cancellationToken);
                _window.Dequeue();
                Count(oldest, answer);
            }
            catch (Exception fault)
            {
                await RecoverAsync(fault, cancellationToken);
            }
        }
    }

    private void Count(InFlight inFlight, MqttClientPublishResult answer)
    {
        if (answer.IsSuccess)
        {
            Acknowledged++;
            options.Acknowledged?.Invoke(inFlight.EventId);
            return;
        }

        if (Refused++ == 0)
            log.WriteLine($"{options.Broker} refuses events: {answer.ReasonCode} {answer.ReasonString}".TrimEnd());
    }

    private async Task RecoverAsync(Exception fault, CancellationToken cancellationToken)
    {
        for (var pause = ShortestPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            // Whatever went wrong: when the caller has given up, that is the reason to stop.
            cancellationToken.ThrowIfCancellationRequested();
            ConnectionFailures++;
            log.WriteLine($"No connection to {options.Broker}: {fault.GetBaseException().Message.TrimEnd('.')}. Next attempt in {pause.TotalSeconds:0.#} s.");
            await Task.Delay(pause, time, cancellationToken);
            try
            {
                await ConnectAndSendAgainAsync(cancellationToken);
                return;
            }
            catch (Exception again)
            {
                fault = again;
            }
        }
    }

    private async Task ConnectAndSendAgainAsync(CancellationToken cancellationToken)
    {
        _client?.Dispose();
        _client = _factory.CreateMqttClient();
        var settings = new MqttClientOptionsBuilder()
            .WithTcpServer(options.Broker.Host, options.Broker.Port)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithCleanStart()
            .WithCredentials(options.User ?? "", options.Password ?? "")
            .Build();
        if (options.User is null)
            settings.Credentials = null;

        // The library asks for 8 KB, which is less than a segment on loopback: TCP then sends by timer once a buffer has been full.
        ((MqttClientTcpOptions)settings.ChannelOptions).BufferSize = 512 * 1024;

        using var limit = new CancellationTokenSource(ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        MqttClientConnectResult answer;
        try
        {
            answer = await _client.ConnectAsync(settings, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"It did not answer within {ConnectTimeout.TotalSeconds:0} s.");
        }

        if (answer.ResultCode != MqttClientConnectResultCode.Success)
            throw new InvalidOperationException($"It answered {answer.ResultCode}.");
        _room = answer.ReceiveMaximum is { } asked and > 0 ? Math.Min(options.Window, (int)asked) : options.Window;
        log.WriteLine($"Connected to {options.Broker}; up to {_room} events in flight.");

        var unanswered = _window.Where(inFlight => !inFlight.IsAnswered).ToArray();
        for (var i = 0; i < unanswered.Length; i++)
        {
            // This broker may allow fewer in flight than the one before it did.
            if (i >= _room)
                await unanswered[i - _room].Attempt!.WaitAsync(AcknowledgeTimeout, time, cancellationToken);
            if (unanswered[i].Attempt is not null)
                Repeated++;
            unanswered[i].Attempt = _client.PublishAsync(unanswered[i].Message, CancellationToken.None);
        }
    }
}
