using MQTTnet.Packets;

namespace VibeDash.Server.Mqtt;

/// <summary>MQTT 5 user properties, as profiles see them.</summary>
internal static class UserProperties
{
    /// <summary>The same names and values, in order; most messages have none.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(List<MqttUserProperty>? properties) =>
        properties is null or [] ? [] : [.. properties.Select(property => KeyValuePair.Create(property.Name, property.ReadValueAsString()))];
}
