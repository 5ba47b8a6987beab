#!/usr/bin/env bash
# MQTTnet's server keeps and delivers messages whose expiry interval is over.
#
# Guess: a message with a Message Expiry Interval of 1 s is gone after it, retained or waiting for a client that is away, and one delivered earlier
# comes with what is left of the interval (MQTT 5, 3.3.2.3.3: "MUST delete" and "MUST be set to the received value minus the time").
# Seen (MQTTnet.Server 5.2.0.1603): 2 s later both are delivered, to a new subscriber and to a client that comes back to its session, and the interval
# with them is still the full 1 s. Mosquitto 2.0.11 delivers neither. A gateway that gives its states an expiry, so that nobody takes an old "running"
# for the state of today, has no protection here: the retained state stays for ever and always looks fresh.
#
# Needs the .NET 10 SDK. Listens on 127.0.0.1 only. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > Look.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="MQTTnet" Version="5.2.0.1603" />
    <PackageReference Include="MQTTnet.Server" Version="5.2.0.1603" />
  </ItemGroup>
</Project>
PROJECT
cat > Program.cs <<'CODE'
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

var port = FreePort();
var servers = new MqttServerFactory();
var serverOptions = servers.CreateServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(port).WithPersistentSessions()
    .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None).Build();
using var server = servers.CreateMqttServer(serverOptions);
await server.StartAsync();

var got = new ConcurrentQueue<string>();
using var away = await ConnectAsync("away");
await away.SubscribeAsync("waiting", MqttQualityOfServiceLevel.AtLeastOnce);
await away.DisconnectAsync();

using var publisher = await ConnectAsync("publisher");
foreach (var topic in new[] { "retained", "waiting" })
{
    await publisher.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload("running").WithRetainFlag(topic == "retained")
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).WithMessageExpiryInterval(1).Build());
}

await Task.Delay(TimeSpan.FromSeconds(2));
using var back = await ConnectAsync("away");
using var fresh = await ConnectAsync("fresh");
await fresh.SubscribeAsync("retained", MqttQualityOfServiceLevel.AtLeastOnce);
await Task.Delay(TimeSpan.FromSeconds(2));
foreach (var line in got.Order(StringComparer.Ordinal))
{
    Console.WriteLine(line);
}

await server.StopAsync();

async Task<IMqttClient> ConnectAsync(string id)
{
    var client = new MqttClientFactory().CreateMqttClient();
    client.ApplicationMessageReceivedAsync += e =>
    {
        got.Enqueue($"{e.ApplicationMessage.Topic}: {e.ApplicationMessage.ConvertPayloadToString()}, expiry interval {e.ApplicationMessage.MessageExpiryInterval} s");
        return Task.CompletedTask;
    };
    await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId(id).WithProtocolVersion(MqttProtocolVersion.V500)
        .WithCleanStart(false).WithSessionExpiryInterval(60).Build());
    return client;
}

static int FreePort()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}
CODE
seen="$(dotnet run -c Release 2>&1)"
echo "$seen"
expected='retained: running, expiry interval 1 s
waiting: running, expiry interval 1 s'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
