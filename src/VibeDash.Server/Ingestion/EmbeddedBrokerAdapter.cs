using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Server;

namespace VibeDash.Server.Ingestion;

/// <summary>Puts an <see cref="EmbeddedBrokerChannel"/> around each connection that <paramref name="inner"/> accepts.</summary>
internal sealed class EmbeddedBrokerAdapter(IMqttServerAdapter inner, Func<IMqttChannelAdapter, EmbeddedBrokerChannel> wrap) : IMqttServerAdapter
{
    /// <inheritdoc/>
    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    /// <inheritdoc/>
    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        inner.ClientHandler = accepted => ClientHandler is { } handler ? handler(wrap(accepted)) : Task.CompletedTask;
        return inner.StartAsync(options, logger);
    }

    /// <inheritdoc/>
    public Task StopAsync() => inner.StopAsync();

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
