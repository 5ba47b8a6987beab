using System.Text;
using MQTTnet.Exceptions;
using VibeDash.Server.Tests.Hosting;
using VibeDash.Simulator.Load;

namespace VibeDash.Server.Tests.Faults;

/// <summary>Sensors that publish to a broker until stopped, and record which events were acknowledged.</summary>
internal sealed class SensorLoad : IAsyncDisposable
{
    // So many readings are calm, and as many are not.
    private const int Calm = 5;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _acknowledged = [];
    private readonly CancellationTokenSource _enough = new();
    private readonly LossCount _simulatorLosses = new();
    private readonly Task<SimulatorReport> _sending;
    private readonly Task _alternating;
    private int _alternatingLosses;
    private int _alternated;

    public SensorLoad(TestBroker broker, int sensors = 40, double rate = 1000)
    {
        var options = new SimulatorOptions
        {
            Broker = new("127.0.0.1", broker.Port),
            Sensors = sensors,
            Rate = rate,
            Grace = Grace,
            Acknowledged = Note,
        };
        _sending = FleetSimulator.RunAsync(options, TimeProvider.System, _simulatorLosses, _enough.Token);
        _alternating = AlternateAsync(broker);
    }

    /// <summary>Ids of the events acknowledged so far.</summary>
    public string[] Acknowledged
    {
        get
        {
            lock (_lock)
                return [.. _acknowledged];
        }
    }

    /// <summary>Waits until this many more events are acknowledged.</summary>
    public Task AcknowledgedMoreAsync(int more)
    {
        var target = Acknowledged.Length + more;
        return Eventually.TrueAsync(() => Task.FromResult(Acknowledged.Length >= target), $"{more} more events are acknowledged");
    }

    /// <summary>Kills the broker, and waits until all sensors have noticed: later acknowledgements come from the next one.</summary>
    public async Task KillAsync(Mosquitto broker)
    {
        var (simulator, alternating) = (_simulatorLosses.Count, Volatile.Read(ref _alternatingLosses));
        await broker.KillAsync();
        await Eventually.TrueAsync(
            () => Task.FromResult(_simulatorLosses.Count > simulator && Volatile.Read(ref _alternatingLosses) > alternating), "the sensors find the broker gone");
    }

    /// <summary>Sends nothing new once there is something to evaluate, waits until all that was sent is acknowledged, and gives the ids.</summary>
    public async Task<string[]> StopAsync()
    {
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref _alternated) >= Calm + 1), "a level that raises an alert is acknowledged");
        await _enough.CancelAsync();
        (await _sending).Unacknowledged.ShouldBe(0);
        await _alternating.WaitAsync(Grace, TimeProvider.System);
        return Acknowledged;
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        _enough.Dispose();
    }

    /// <summary>One sensor whose level rises and falls, so that alerts occur in a short time.</summary>
    private async Task AlternateAsync(TestBroker broker)
    {
        TestSensor? sensor = null;

        // If the system clock were set back meanwhile, one of them would be late-arriving.
        var (start, startedAt) = (TimeProvider.System.GetUtcNow(), TimeProvider.System.GetTimestamp());
        for (var i = 0; !_enough.IsCancellationRequested; i++)
        {
            var eventId = $"alternating-{i}";
            var payload = TestSensor.Event(i % (2 * Calm) < Calm ? 4 : 41, start + TimeProvider.System.GetElapsedTime(startedAt), "VB-alternating", eventId);
            for (var acknowledged = false; !acknowledged && !TestContext.Current.CancellationToken.IsCancellationRequested;)
            {
                try
                {
                    sensor ??= await TestSensor.ConnectAsync(broker);
                    await sensor.PublishAsync(payload, "VB-alternating");
                    acknowledged = true;
                    Note(eventId);
                    Interlocked.Increment(ref _alternated);
                }
                catch (Exception fault) when (fault is MqttCommunicationException or MqttClientNotConnectedException or OperationCanceledException)
                {
                    if (sensor is not null)
                        await sensor.DisposeAsync();
                    sensor = null;
                    Interlocked.Increment(ref _alternatingLosses);
                }

                await Task.Delay(Pause, TimeProvider.System);
            }
        }

        if (sensor is not null)
            await sensor.DisposeAsync();
    }

    private void Note(string eventId)
    {
        lock (_lock)
            _acknowledged.Add(eventId);
    }

    /// <summary>Counts the log lines of lost connections of the simulator.</summary>
    private sealed class LossCount : TextWriter
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            if (value?.StartsWith("No connection", StringComparison.Ordinal) == true)
                Interlocked.Increment(ref _count);
        }
    }
}
