using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt.External;

/// <summary>
/// A session with a broker over one connection, with a client of its own: an acknowledgement can then never reach a connection other than that of its
/// message.
/// </summary>
internal sealed partial class BrokerSession : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly BrokerConnection _connection;
    private readonly DateTimeOffset _connectedAt;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ended;
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BrokerChannelFactory _channels;
    private readonly IMqttClient _client;
    private Task _acknowledging = Task.CompletedTask;
    private Task _publishing = Task.CompletedTask;

    /// <param name="connection">The broker.</param>
    /// <param name="intake">Takes its messages.</param>
    /// <param name="connectedAt">Time of the connection, for the will.</param>
    /// <param name="logger">For its log.</param>
    /// <param name="stoppingToken">Cancelled when the server stops.</param>
    public BrokerSession(BrokerConnection connection, MessageIntake intake, DateTimeOffset connectedAt, ILogger logger, CancellationToken stoppingToken)
    {
        (_connection, _connectedAt, _logger) = (connection, connectedAt, logger);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Action<ushort> acknowledge = packetId =>
        {
            // QoS 0 has no acknowledgement.
            if (packetId != 0)
                _channels!.Channel!.Acknowledge(packetId);
        };
        _channels = new((message, known) =>
        {
            connection.Received();
            var source = connection.Sources.Find(message.Topic);
            if (source is null)
                connection.Unread(message.Topic);
            return intake.ReceiveAsync(source, message, known, acknowledge, _ended.Token);
        });
        _client = new MqttClientFactory().CreateMqttClient(_channels);
        _client.DisconnectedAsync += disconnected =>
        {
            _lost.TrySetResult(BrokerFault.OfConnection(disconnected));
            return Task.CompletedTask;
        };
    }

    /// <summary>Completes when the connection is lost, with the reason.</summary>
    public Task<string> Lost => _lost.Task;

    /// <summary>Connects and subscribes, once.</summary>
    /// <returns>False when the broker refuses version 5.</returns>
    /// <exception cref="Exception">It failed; the message of the base exception is the reason.</exception>
    public async Task<bool> ConnectAsync(MqttProtocolVersion version)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        timeout.CancelAfter(Timeout);
        try
        {
            var (options, sources) = (_connection.Options, _connection.Sources);
            var tls = BrokerConnectOptions.Tls(options);
            MqttClientConnectResult answer;
            try
            {
                answer = await _client.ConnectAsync(BrokerConnectOptions.For(options, version, tls, Will()), timeout.Token);
            }
            catch (Exception fault) when (!timeout.IsCancellationRequested && BrokerFault.OfConnecting(fault, tls, version) is { } reason)
            {
                throw new MqttCommunicationException(reason, null);
            }

            if (version == MqttProtocolVersion.V500 && BrokerConnectOptions.IsVersionRefused(answer.ResultCode))
                return false;
            if (answer.ResultCode != MqttClientConnectResultCode.Success)
                throw new MqttCommunicationException($"The broker refused the connection: {answer.ResultCode}.", null);

            // A broker that kept the session delivers its backlog before it answers the subscription. If acknowledging started only then, an attempt that
            // ends earlier would store much and acknowledge nothing, and the next attempt would start with even more to read.
            _acknowledging = AcknowledgeAsync();
            var subscribed = await _client.SubscribeAsync(BrokerConnectOptions.Subscriptions(sources, version), timeout.Token);
            if (subscribed.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
                throw new MqttCommunicationException($"The broker refused the subscription to {refused.TopicFilter.Topic}: {refused.ResultCode}.", null);

            // An earlier configuration may have subscribed to them, and the session preserves that.
            if (answer.IsSessionPresent && sources.LeftOut.Count > 0)
                await _client.UnsubscribeAsync(new() { TopicFilters = [.. sources.LeftOut] }, timeout.Token);

            LogConnected(options.Name, _connection.Address);
            foreach (var warning in _connection.Connected(Negotiation.Result(options, version, tls, answer, subscribed)))
                LogWarning(options.Name, warning);
            _publishing = PublishAsync();
            return true;
        }
        catch (Exception) when (timeout.IsCancellationRequested && !_ended.IsCancellationRequested)
        {
            throw new MqttCommunicationException(BrokerFault.Silent(Timeout), null);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _ended.CancelAsync();
            await _acknowledging;
            await _publishing;
        }
        finally
        {
            _client.Dispose();
            _ended.Dispose();
        }
    }

    private OutboundMessage? Will() => _connection.Sources.All.Select(source => source.Will(_connectedAt)).OfType<OutboundMessage>().FirstOrDefault();

    private async Task AcknowledgeAsync()
    {
        try
        {
            await _channels.Channel!.SendAcknowledgementsAsync(_ended.Token);
        }
        catch (Exception fault)
        {
            if (!_ended.IsCancellationRequested)
                LogAcknowledgeFailed(fault);
        }
    }

    /// <summary>Publishes the outbound messages of the sources until the connection ends.</summary>
    private async Task PublishAsync()
    {
        foreach (var source in _connection.Sources.All)
            source.Connected(_connectedAt);
        await Task.WhenAll(_connection.Sources.All.Select(source => source.Outbound?.PublishAsync(PublishAsync, _ended.Token) ?? Task.CompletedTask))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task PublishAsync(OutboundMessage message, CancellationToken ended)
    {
        try
        {
            var result = await _client.PublishAsync(message.ToMqtt(), ended);
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

    [LoggerMessage(LogLevel.Debug, "Acknowledging ended with the connection")]
    private partial void LogAcknowledgeFailed(Exception fault);
}
