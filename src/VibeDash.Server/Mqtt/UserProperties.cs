using MQTTnet.Packets;

namespace VibeDash.Server.Mqtt;

/// <summary>Conversion of MQTT 5 user properties for profiles.</summary>
internal static class UserProperties
{
    /// <summary>The same names and values, in order; empty for most messages.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(List<MqttUserProperty>? properties) =>
        properties is null or [] ? [] : [.. properties.Select(property => KeyValuePair.Create(property.Name, property.ReadValueAsString()))];
}
