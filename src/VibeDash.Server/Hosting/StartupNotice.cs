using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using VibeDash.Server.People;
using VibeDash.Server.Status;

namespace VibeDash.Server.Hosting;

/// <summary>Writes the addresses and next steps to the console once everything is listening.</summary>
internal sealed class StartupNotice(IServer server, ServerStatusReader reader, IHostEnvironment environment, IHostApplicationLifetime lifetime, StartLog log, FirstPerson first) : IHostedService
{
    private const string SettingsFile = "appsettings.json";

    /// <summary>The settings file in the working directory that is not read, because that of the program's folder is; null when there is none.</summary>
    /// <param name="workingDirectory">The working directory.</param>
    /// <param name="contentRoot">The folder whose settings are read.</param>
    public static string? UnreadSettings(string workingDirectory, string contentRoot)
    {
        var file = Path.Combine(workingDirectory, SettingsFile);
        var read = Path.Combine(contentRoot, SettingsFile);

        // The same settings: in a developer's working directory lies the source of the file that is read.
        return !File.Exists(file) || (File.Exists(read) && File.ReadAllText(file) == File.ReadAllText(read)) ? null : file;
    }

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
        if (!first.IsThere)
        {
            var site = addresses.FirstOrDefault()?.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal);
            Console.WriteLine($"  Nobody may sign in yet, and only this machine is served. Add the first person within an hour:\n  {site}{first.Link}\n");
        }

        if (UnreadSettings(Environment.CurrentDirectory, environment.ContentRootPath) is { } file)
            Console.WriteLine($"  Not read: {file}. Settings are read from {Path.Combine(environment.ContentRootPath, SettingsFile)}.\n");
    }
}
