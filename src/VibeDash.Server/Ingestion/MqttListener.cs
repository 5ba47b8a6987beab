using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using VibeDash.Core.Live;
using VibeDash.Server.Operations;

namespace VibeDash.Server.Ingestion;

/// <summary>
/// Listens to a broker. One loop owns the connection: connect, subscribe, wait until it is lost, pause, again. The session is
/// persistent and messages are acknowledged after their commit, so the broker keeps what the server has not stored.
/// </summary>
internal sealed partial class MqttListener(
    EventQueue queue, TopicSources sources, IOptions<BrokerOptions> options, ServerHealth health, TimeProvider time, ILogger<MqttListener> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    // The library asks the system for 8 KB. A receive window smaller than one segment makes TCP send by timer: on loopback, where a segment has
    // 64 KB, a subscriber that falls behind once is then fed some 75 messages a second for good.
    private const int SocketBuffer = 512 * 1024;

    // A broker that is gone without a word is noticed within one and a half times the keep-alive: when the answer to the question stays out.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerTimeout = KeepAlive / 2;

    private readonly BrokerOptions _options = options.Value;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        health.BrokerAddress = $"{_options.Host}:{_options.Port}";
        health.PublishExample = PublishExample.For(_options, sources, health.BrokerAddress);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            string reason;
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
            health.SetBroker(BrokerState.Disconnected, reason);
            LogDisconnected(health.BrokerAddress, reason, pause);

            // Jitter keeps several servers from returning to a restarted broker all at once.
            await Task.Delay(pause * (0.8 + (0.4 * Random.Shared.NextDouble())), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>One life of a connection. A new client each time: an acknowledgement can then never reach a connection its message did not come from.</summary>
    /// <returns>Why it ended.</returns>
    private async Task<string> ConnectAndListenAsync(Action connected, CancellationToken stoppingToken)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var lost = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);

        // QoS 1 messages in flight number at most the receive maximum; those of QoS 0 need no acknowledgement and are not put in.
        var acknowledgements = Channel.CreateBounded<MqttApplicationMessageReceivedEventArgs>(
            new BoundedChannelOptions(ushort.MaxValue) { SingleReader = true });
        client.ApplicationMessageReceivedAsync += received => ReceiveAsync(received, acknowledgements.Writer, ended.Token);
        client.DisconnectedAsync += disconnected =>
        {
            lost.TrySetResult(disconnected.Exception?.GetBaseException() switch
            {
                null when disconnected.Reason == MqttClientDisconnectReason.NormalDisconnection => "The connection was closed.",
                null => $"The broker ended the connection: {disconnected.Reason}.",
                MqttCommunicationTimedOutException => Silent(KeepAlive + AnswerTimeout),
                var other => other.Message,
            });
            return Task.CompletedTask;
        };

        var connectedAt = time.GetUtcNow();
        if (await ConnectAsync(client, connectedAt, stoppingToken) is { } fault)
            return fault;

        connected();
        health.SetBroker(BrokerState.Connected);
        LogConnected(health.BrokerAddress);

        var acknowledging = AcknowledgeAsync(acknowledgements.Reader, ended.Token);
        var publishing = PublishAsync(client, connectedAt, ended.Token);
        try
        {
            return await lost.Task.WaitAsync(stoppingToken);
        }
        finally
        {
            await ended.CancelAsync();
            await acknowledging;
            await publishing;
        }
    }

    /// <returns>Why it did not succeed, or null.</returns>
    private async Task<string?> ConnectAsync(IMqttClient client, DateTimeOffset connectedAt, CancellationToken stoppingToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        timeout.CancelAfter(Timeout);
        try
        {
            var result = await client.ConnectAsync(ConnectOptions(connectedAt), timeout.Token);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
                return $"The broker refused the connection: {result.ResultCode}.";
            var subscriptions = new MqttClientSubscribeOptions
            {
                TopicFilters = [.. sources.All.Select(source => new MqttTopicFilterBuilder().WithTopic(source.Pattern.Filter).WithAtLeastOnceQoS().Build())],
            };
            var subscribed = await client.SubscribeAsync(subscriptions, timeout.Token);
            return subscribed.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused
                ? $"The broker refused the subscription to {refused.TopicFilter.Topic}: {refused.ResultCode}."
                : null;
        }
        catch (Exception) when (timeout.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
        {
            return Silent(Timeout);
        }
    }

    private static string Silent(TimeSpan time) => $"The broker has not answered for {time.TotalSeconds:0} s.";

    private MqttClientOptions ConnectOptions(DateTimeOffset connectedAt)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(_options.Host, _options.Port)
            .WithClientId(_options.ClientId)
            .WithCleanStart(false)
            .WithSessionExpiryInterval((uint)TimeSpan.FromHours(_options.SessionExpiryHours).TotalSeconds)
            .WithReceiveMaximum((ushort)_options.ReceiveMaximum)
            .WithKeepAlivePeriod(KeepAlive)
            .WithTimeout(AnswerTimeout);
        if (_options.User.Length > 0)
            builder = builder.WithCredentials(_options.User, _options.Password);
        if (sources.All.Select(source => source.Will(connectedAt)).OfType<OutboundMessage>().FirstOrDefault() is { } will)
            builder = builder.WithWillTopic(will.Topic).WithWillPayload(will.Payload).WithWillRetain(will.Retain).WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (_options.Tls)
            builder = builder.WithTlsOptions(Trust);

        var built = builder.Build();
        ((MqttClientTcpOptions)built.ChannelOptions).BufferSize = SocketBuffer;
        return built;
    }

    private void Trust(MqttClientTlsOptionsBuilder tls)
    {
        tls.UseTls();
        if (_options.CertificateAuthorityFile.Length == 0)
            return;

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(_options.CertificateAuthorityFile);
        tls.WithTrustChain(authorities);
    }

    private async Task ReceiveAsync(
        MqttApplicationMessageReceivedEventArgs received, ChannelWriter<MqttApplicationMessageReceivedEventArgs> acknowledgements, CancellationToken ended)
    {
        received.AutoAcknowledge = false;
        try
        {
            var message = received.ApplicationMessage;
            var acknowledge = message.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce;
            await queue.ReceiveAsync(
                sources.Find(message.Topic),
                new(message.Topic, message.Payload.ToArray())
                {
                    ContentType = message.ContentType,
                    UserProperties = UserProperties.Of(message.UserProperties),
                    PacketId = received.PacketIdentifier,
                    Redelivered = message.Dup,
                    Retained = message.Retain,
                },
                acknowledge ? () => acknowledgements.TryWrite(received) : static () => { },
                ended);
        }
        catch (Exception fault) when (fault is OperationCanceledException or ChannelClosedException)
        {
            // The connection or the server ends; the broker keeps the message.
        }
    }

    /// <summary>Acknowledges in order of arrival, apart from the event loop: a broker that is slow to take them must not hold up the next commit.</summary>
    private async Task AcknowledgeAsync(ChannelReader<MqttApplicationMessageReceivedEventArgs> acknowledgements, CancellationToken ended)
    {
        try
        {
            await foreach (var received in acknowledgements.ReadAllAsync(ended))
                await received.AcknowledgeAsync(ended);
        }
        catch (Exception fault)
        {
            // The connection is gone: the broker sends again what it was not told, and the event loop recognises it.
            if (!ended.IsCancellationRequested)
                LogAcknowledgeFailed(fault);
        }
    }

    /// <summary>Publishes what the sources have to say, for as long as the connection lasts.</summary>
    private async Task PublishAsync(IMqttClient client, DateTimeOffset connectedAt, CancellationToken ended)
    {
        foreach (var source in sources.All)
            source.Connected(connectedAt);
        await Task.WhenAll(sources.All.Select(source => source.Outbox?.PublishAsync((message, cancelled) => PublishAsync(client, message, cancelled), ended) ?? Task.CompletedTask))
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
            // What matters is said again.
            LogPublishFailed(fault, message.Topic, fault.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The broker did not take the message to {Topic}: {Reason}")]
    private partial void LogPublishFailed(Exception? fault, string topic, string reason);

    [LoggerMessage(LogLevel.Information, "Connected to the broker at {Address}")]
    private partial void LogConnected(string address);

    [LoggerMessage(LogLevel.Warning, "No broker at {Address}: {Reason} Next try in {Pause}")]
    private partial void LogDisconnected(string address, string reason, TimeSpan pause);

    [LoggerMessage(LogLevel.Debug, "Acknowledging ended with the connection")]
    private partial void LogAcknowledgeFailed(Exception fault);
}
