using MQTTnet.Formatter;
using Polly;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt.External;

/// <summary>
/// Keeps a session with a broker: connects, waits until the connection is lost, pauses, repeats. The session is persistent and messages are
/// acknowledged after their commit, so the broker keeps messages that are not stored.
/// </summary>
internal sealed partial class MqttListener(
    BrokerConnection connection, MessageIntake intake, TimeProvider time, ILogger<MqttListener> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan MaximumPause = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var attempts = Attempts();
        while (true)
        {
            string reason;
            try
            {
                await using var session = await attempts.ExecuteAsync(ConnectAsync, stoppingToken);
                reason = await session.Lost.WaitAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The end of a session failed; the next one is a new connection.
                reason = fault.GetBaseException().Message;
            }

            Disconnected(reason, FirstPause);
            await Task.Delay(FirstPause, time, stoppingToken);
        }
    }

    /// <summary>Repeats an attempt to connect until one succeeds.</summary>
    private ResiliencePipeline Attempts() => new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new()
    {
        // By default a cancellation is not retried; the client's own time limits are cancellations.
        ShouldHandle = new PredicateBuilder().Handle<Exception>(),
        MaxRetryAttempts = int.MaxValue,
        BackoffType = DelayBackoffType.Exponential,
        Delay = FirstPause,
        MaxDelay = MaximumPause,

        // Spreads the reconnects of several servers after a broker restart.
        UseJitter = true,
        OnRetry = attempt =>
        {
            // Called even when the server stops; only the pause after it is cancelled.
            if (!attempt.Context.CancellationToken.IsCancellationRequested)
                Disconnected(attempt.Outcome.Exception!.GetBaseException().Message, attempt.RetryDelay);
            return default;
        },
    }).Build();

    /// <summary>One attempt; when the broker refuses version 5, at once another with 3.1.1. The newer one is always first: brokers are updated.</summary>
    private async ValueTask<BrokerSession> ConnectAsync(CancellationToken stoppingToken) =>
        (connection.Options.SpeaksVersion5 ? await ConnectAsync(MqttProtocolVersion.V500, stoppingToken) : null)
        ?? (await ConnectAsync(MqttProtocolVersion.V311, stoppingToken))!;

    private async Task<BrokerSession?> ConnectAsync(MqttProtocolVersion version, CancellationToken stoppingToken)
    {
        var session = new BrokerSession(connection, intake, time.GetUtcNow(), logger, stoppingToken);
        var connected = false;
        try
        {
            connected = await session.ConnectAsync(version);
            return connected ? session : null;
        }
        finally
        {
            if (!connected)
                await session.DisposeAsync();
        }
    }

    private void Disconnected(string reason, TimeSpan pause)
    {
        reason = reason.TrimEnd('.') + '.';
        connection.Disconnected(reason);
        LogDisconnected(connection.Options.Name, connection.Address, reason, pause.TotalSeconds);
    }

    [LoggerMessage(LogLevel.Warning, "No connection to {Name} at {Address}: {Reason} Next attempt in {Seconds:0.0} s")]
    private partial void LogDisconnected(string name, string address, string reason, double seconds);
}
