using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using VibeDash.Server.Status;

namespace VibeDash.Server.Hosting;

/// <summary>Writes the addresses and next steps to the console once everything is listening.</summary>
internal sealed class StartupNotice(IServer server, ServerStatusReader reader, IHostApplicationLifetime lifetime, StartLog log) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Print);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Print()
    {
        log.Started();
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var status = reader.Read();
        Console.WriteLine(
            $"""

              VibeDash {status.Version}
              Dashboard    {string.Join(" ", addresses)}
              MQTT broker  {status.BrokerAddress}{(status.EmbeddedBroker ? " (embedded)" : "")}
              Send a reading:
              {status.PublishExample}

            """);
    }
}
