using MQTTnet;
using MQTTnet.Formatter;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt.External;

/// <summary>
/// Session with a broker. One loop owns the connection: connect, subscribe, wait until it is lost, pause, repeat. The session is persistent and
/// messages are acknowledged after their commit, so the broker keeps messages that are not stored.
/// </summary>
internal sealed partial class MqttListener(
    BrokerConnection connection, MessageIntake intake, TimeProvider time, ILogger<MqttListener> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan MaximumPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly BrokerOptions _options = connection.Options;
    private MqttProtocolVersion _version = FirstVersion(connection.Options);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            var (version, reason) = (_version, "");
            try
            {
                reason = await ConnectAndListenAsync(() => pause = FirstPause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                reason = fault.GetBaseException().Message;
            }

            if (stoppingToken.IsCancellationRequested)
                return;

            // After a refused version, retry immediately with the older one. Any other fault starts again with the newer version: brokers are updated.
            if (_version != version)
                continue;
            _version = FirstVersion(_options);
            reason = reason.TrimEnd('.') + '.';
            connection.Disconnected(reason);
            LogDisconnected(_options.Name, connection.Address, reason, pause);

            // Jitter spreads the reconnects of several servers after a broker restart.
            await Task.Delay(pause * (0.8 + (0.4 * Random.Shared.NextDouble())), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < MaximumPause ? pause * 2 : MaximumPause;
        }
    }

    /// <summary>One session attempt, with a new client: an acknowledgement can then never reach a connection other than that of its message.</summary>
    /// <returns>Why the attempt ended.</returns>
    private async Task<string> ConnectAndListenAsync(Action connected, CancellationToken stoppingToken)
    {
        BrokerChannelFactory? channels = null;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var lost = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Action<ushort> acknowledge = packetId =>
        {
            // QoS 0 has no acknowledgement.
            if (packetId != 0)
                channels!.Channel!.Acknowledge(packetId);
        };
        channels = new((message, known) =>
        {
            connection.Received();
            return intake.ReceiveAsync(connection.Sources.Find(message.Topic), message, known, acknowledge, ended.Token);
        });
        using var client = new MqttClientFactory().CreateMqttClient(channels);
        client.DisconnectedAsync += disconnected =>
        {
            lost.TrySetResult(BrokerFault.OfConnection(disconnected));
            return Task.CompletedTask;
        };

        var connectedAt = time.GetUtcNow();
        var (acknowledging, publishing) = (Task.CompletedTask, Task.CompletedTask);
        try
        {
            // A broker that kept the session delivers its backlog before it answers the subscription. If acknowledging started only then, an attempt that
            // ends earlier would store much and acknowledge nothing, and the next attempt would start with even more to read.
            if (await ConnectAsync(client, connectedAt, () => acknowledging = AcknowledgeAsync(channels.Channel!, ended.Token), stoppingToken) is { } fault)
                return fault;

            connected();
            publishing = PublishAsync(client, connectedAt, ended.Token);
            return await lost.Task.WaitAsync(stoppingToken);
        }
        finally
        {
            await ended.CancelAsync();
            await acknowledging;
            await publishing;
        }
    }

    /// <param name="client">Not yet connected.</param>
    /// <param name="connectedAt">Time of the connection, for the will.</param>
    /// <param name="accepted">Called when the broker has accepted the connection; messages may arrive from then on.</param>
    /// <param name="stoppingToken">Cancelled when the server stops.</param>
    /// <returns>Why it failed, or null.</returns>
    private async Task<string?> ConnectAsync(IMqttClient client, DateTimeOffset connectedAt, Action accepted, CancellationToken stoppingToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        timeout.CancelAfter(Timeout);
        try
        {
            var tls = BrokerConnectOptions.Tls(_options);
            MqttClientConnectResult answer;
            try
            {
                answer = await client.ConnectAsync(BrokerConnectOptions.For(_options, _version, tls, Will(connectedAt)), timeout.Token);
            }
            catch (Exception fault) when (!timeout.IsCancellationRequested && BrokerFault.OfConnecting(fault, tls, _version) is { } reason)
            {
                return reason;
            }

            if (answer.ResultCode != MqttClientConnectResultCode.Success)
            {
                if (_version == MqttProtocolVersion.V500 && BrokerConnectOptions.IsVersionRefused(answer.ResultCode))
                    _version = MqttProtocolVersion.V311;
                return $"The broker refused the connection: {answer.ResultCode}.";
            }

            accepted();
            var subscribed = await client.SubscribeAsync(BrokerConnectOptions.Subscriptions(connection.Sources, _version), timeout.Token);
            if (subscribed.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
                return $"The broker refused the subscription to {refused.TopicFilter.Topic}: {refused.ResultCode}.";

            // An earlier configuration may have subscribed to them, and the session preserves that.
            if (answer.IsSessionPresent && connection.Sources.LeftOut.Count > 0)
                await client.UnsubscribeAsync(new() { TopicFilters = [.. connection.Sources.LeftOut] }, timeout.Token);

            LogConnected(_options.Name, connection.Address);
            foreach (var warning in connection.Connected(Negotiation.Result(_options, _version, tls, answer, subscribed)))
                LogWarning(_options.Name, warning);
            return null;
        }
        catch (Exception) when (timeout.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
        {
            return BrokerFault.Silent(Timeout);
        }
    }

    private OutboundMessage? Will(DateTimeOffset at) => connection.Sources.All.Select(source => source.Will(at)).OfType<OutboundMessage>().FirstOrDefault();

    private static MqttProtocolVersion FirstVersion(BrokerOptions options) => options.SpeaksVersion5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311;

    private async Task AcknowledgeAsync(BrokerChannel channel, CancellationToken ended)
    {
        try
        {
            await channel.SendAcknowledgementsAsync(ended);
        }
        catch (Exception fault)
        {
            if (!ended.IsCancellationRequested)
                LogAcknowledgeFailed(fault);
        }
    }

    /// <summary>Publishes the outbound messages of the sources until the connection ends.</summary>
    private async Task PublishAsync(IMqttClient client, DateTimeOffset connectedAt, CancellationToken ended)
    {
        foreach (var source in connection.Sources.All)
            source.Connected(connectedAt);
        await Task.WhenAll(connection.Sources.All.Select(source => source.Outbound?.PublishAsync((message, cancelled) => PublishAsync(client, message, cancelled), ended) ?? Task.CompletedTask))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task PublishAsync(IMqttClient client, OutboundMessage message, CancellationToken ended)
    {
        try
        {
            var result = await client.PublishAsync(message.ToMqtt(), ended);
            if (!result.IsSuccess)
                LogPublishFailed(null, message.Topic, result.ReasonCode.ToString());
        }
        catch (Exception fault) when (!ended.IsCancellationRequested)
        {
            // Not retried: essential messages are repeated.
            LogPublishFailed(fault, message.Topic, fault.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Publishing to {Topic} failed: {Reason}")]
    private partial void LogPublishFailed(Exception? fault, string topic, string reason);

    [LoggerMessage(LogLevel.Information, "Connected to {Name} at {Address}")]
    private partial void LogConnected(string name, string address);

    [LoggerMessage(LogLevel.Warning, "{Name}: {Warning}")]
    private partial void LogWarning(string name, string warning);

    [LoggerMessage(LogLevel.Warning, "No connection to {Name} at {Address}: {Reason} Next attempt in {Pause}")]
    private partial void LogDisconnected(string name, string address, string reason, TimeSpan pause);

    [LoggerMessage(LogLevel.Debug, "Acknowledging ended with the connection")]
    private partial void LogAcknowledgeFailed(Exception fault);
}
