using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Exceptions;
using VibeDash.Server.Mqtt.External;

namespace VibeDash.Server.Tests.Ingestion;

public sealed class BrokerFaultTests
{
    public static readonly TheoryData<Exception?, MqttClientDisconnectReason, string> Ends = new()
    {
        { new MqttCommunicationTimedOutException(), MqttClientDisconnectReason.NormalDisconnection, "The broker has not answered for 15 s." },
        { new TaskCanceledException(), MqttClientDisconnectReason.NormalDisconnection, "The broker has not answered for 15 s." },
        { new MqttCommunicationException(new SocketException((int)SocketError.ConnectionReset)), MqttClientDisconnectReason.NormalDisconnection, "Connection reset by peer" },
        { null, MqttClientDisconnectReason.SessionTakenOver, "The broker ended the connection: SessionTakenOver." },
        { null, MqttClientDisconnectReason.NormalDisconnection, "The connection was closed." },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Each_end_of_a_connection_has_its_sentence(Exception? fault, MqttClientDisconnectReason reason, string sentence) =>
        BrokerFault.OfConnection(new(clientWasConnected: true, connectResult: null, reason, reasonString: null, userProperties: null, fault)).ShouldBe(sentence);
}
