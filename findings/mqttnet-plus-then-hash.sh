#!/usr/bin/env bash
# MQTTnet: after a "+", a "#" does not cover the level above it, and a "+" does not cover an empty level before another one.
#
# Guess: a/+/# covers a/b as a/# covers a ("also matches the parent level", MQTT 5, 4.7.1.2), and a/+/b covers a//b, as "+" stands for one level, which
# may be empty (4.7.1.3: +/+ covers /finance). MQTTnet's own a/# and a/+ do so for a and for "a/".
# Seen (MQTTnet.Server 5.2.0.1603, MQTTnet 5.2.0.1603): a/+/#, +/# and +/+/# get nothing of what is published one level higher, and a/+/b nothing of a//b,
# in 3.1.1 and 5 alike, and MqttTopicFilterComparer says NoMatch. Mosquitto 2.0.11 and aedes 1.2.0 deliver all of them. A client that
# watches machines by line/+/# gets their sensors and never line/press-1 itself. Nothing tells: the subscription is granted.
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
using MQTTnet.Protocol;
using MQTTnet.Server;

var port = FreePort();
var servers = new MqttServerFactory();
var serverOptions = servers.CreateServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(port)
    .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None).Build();
using var server = servers.CreateMqttServer(serverOptions);
await server.StartAsync();

(string Filter, string Topic)[] pairs =
    [("a/#", "a"), ("a/+", "a/"), ("a/+/#", "a/b/c"), ("a/+/#", "a/b"), ("+/#", "a"), ("+/+/#", "a/b"), ("a/+/b", "a/x/b"), ("a/+/b", "a//b")];
foreach (var (filter, topic) in pairs)
{
    var got = new ConcurrentQueue<string>();
    using var client = new MqttClientFactory().CreateMqttClient();
    client.ApplicationMessageReceivedAsync += e =>
    {
        got.Enqueue(e.ApplicationMessage.Topic);
        return Task.CompletedTask;
    };
    await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build());
    var granted = (await client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce)).Items.Single().ResultCode;
    await client.SubscribeAsync("end");
    await client.PublishStringAsync(topic, "1", MqttQualityOfServiceLevel.AtLeastOnce);
    await client.PublishStringAsync("end", "1", MqttQualityOfServiceLevel.AtLeastOnce);
    for (var i = 0; i < 100 && !got.Contains("end"); i++)
    {
        await Task.Delay(50);
    }

    Console.WriteLine($"{filter} ({granted}), {topic}: {(got.Contains(topic) ? "delivered" : "not delivered")}, {MqttTopicFilterComparer.Compare(topic, filter)}");
    await client.DisconnectAsync();
}

await server.StopAsync();

static int FreePort()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}
CODE
seen="$(dotnet run -c Release 2>&1)"
echo "$seen"
expected='a/# (GrantedQoS1), a: delivered, IsMatch
a/+ (GrantedQoS1), a/: delivered, IsMatch
a/+/# (GrantedQoS1), a/b/c: delivered, IsMatch
a/+/# (GrantedQoS1), a/b: not delivered, NoMatch
+/# (GrantedQoS1), a: not delivered, NoMatch
+/+/# (GrantedQoS1), a/b: not delivered, NoMatch
a/+/b (GrantedQoS1), a/x/b: delivered, IsMatch
a/+/b (GrantedQoS1), a//b: not delivered, NoMatch'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
