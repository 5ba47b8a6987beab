using System.Buffers;
using System.Net;
using MQTTnet.Protocol;
using MQTTnet.Server;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Simulator;

/// <summary>A broker in this process, to see what reaches one.</summary>
internal static class LocalBroker
{
    /// <summary>A broker at a loopback port, to be started, that passes on the valid events of sensors at QoS 1, and nothing else comes to it.</summary>
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
