using VibeDash.Server.Ingestion;

namespace VibeDash.Server.Operations;

/// <summary>The shell line that sends a first reading, to be pasted.</summary>
internal static class PublishExample
{
    /// <summary>The line for a broker at <paramref name="address"/> (<c>host:port</c>). Each paste sends a new event with the current time.</summary>
    public static string For(BrokerOptions options, string address)
    {
        var separator = address.LastIndexOf(':');
        var (host, port) = (address[..separator], address[(separator + 1)..]);
        var topic = options.EffectiveTopicFilters[0].Replace("+", "VB-42345", StringComparison.Ordinal).Replace("#", "vibration", StringComparison.Ordinal);
        var user = options.User.Length > 0 ? $" -u '{options.User}' -P '…'" : "";
        var tls = options.Tls ? " --tls-use-os-certs" : "";
        return $"mosquitto_pub -h {(host == "0.0.0.0" ? "127.0.0.1" : host)} -p {port}{tls}{user} -q 1 -t '{topic}' -m "
            + """
            '{"eventId":"'$(date +%s%N)'","eventType":"VibrationRecorded","timestamp":"'$(date -u +%FT%TZ)'","source":"VibrationSensor","sensorLocation":"Motor Assembly Line B, Conveyor Unit 4","data":{"sensorId":"VB-42345","vibrationLevel":12.5,"baselineVibrationLevel":4.0,"unit":"m/s²"}}'
            """;
    }
}
