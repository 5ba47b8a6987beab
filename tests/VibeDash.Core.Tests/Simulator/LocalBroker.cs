using System.Buffers;
using System.Net;
using MQTTnet.Protocol;
using MQTTnet.Server;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Simulator;

/// <summary>An in-process broker to observe the messages that reach it.</summary>
internal static class LocalBroker
{
    /// <summary>Creates a broker on a loopback port, not yet started, that passes on the valid QoS 1 events of sensors and asserts that nothing else arrives.</summary>
    public static MqttServer Create(int port, Action<VibrationEvent> received)
    {
        var options = new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointPort(port).Build();
        var broker = new MqttServerFactory().CreateMqttServer(options);
        broker.InterceptingPublishAsync += arguments =>
        {
            var message = arguments.ApplicationMessage;
            message.QualityOfServiceLevel.ShouldBe(MqttQualityOfServiceLevel.AtLeastOnce);
            VibrationEventParser.TryParse(message.Payload.ToArray(), DateTimeOffset.MaxValue.AddDays(-1), out var sent, out _).ShouldBeTrue();
            message.Topic.ShouldBe($"sensors/{sent.Reading.SensorId}/vibration");
            received(sent);
            return Task.CompletedTask;
        };
        return broker;
    }
}
