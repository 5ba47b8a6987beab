using VibeDash.Core.Payloads;

namespace VibeDash.Server.Mqtt;

/// <summary>A shell command that sends a first reading, ready to paste.</summary>
internal static class PublishExample
{
    private const string SeedEvent =
        """
        '{"eventId":"'$(date +%s%N)'","eventType":"VibrationRecorded","timestamp":"'$(date -u +%FT%TZ)'","source":"VibrationSensor","sensorLocation":"Motor Assembly Line B, Conveyor Unit 4","data":{"sensorId":"VB-42345","vibrationLevel":12.5,"baselineVibrationLevel":4.0,"unit":"m/s²"},"systemMessage":"Vibration level recorded exceeds the acceptable threshold. Immediate inspection required."}'
        """;

    /// <summary>
    /// The command for a broker. Each run sends a new event with the current time. When no source accepts the seed event or a number, the
    /// payload is a placeholder.
    /// </summary>
    public static string For(BrokerConnection broker)
    {
        var (options, sources, address) = (broker.Options, broker.Sources, broker.Address);
        var separator = address.LastIndexOf(':');
        var (host, port) = (address[..separator].Trim('[', ']'), address[(separator + 1)..]);
        var source = sources.All.FirstOrDefault(source => source.Profile is VibrationRecordedProfile)
            ?? sources.All.FirstOrDefault(source => source.Profile is NumberProfile)
            ?? sources.All[0];
        var topic = source.Pattern.Example("VB-42345");
        var payload = source.Profile switch
        {
            VibrationRecordedProfile => SeedEvent,
            NumberProfile => "12.5",
            _ => "'…'",
        };
        var user = options.User.Length > 0 ? $" -u '{options.User}' -P '…'" : options is { IsEmbedded: true, AsksForKeys: true } ? " -u 'vd_…' -P '…'" : "";
        var tls = !options.Tls ? "" : options.IsEmbedded ? " --cafile '…'" : " --tls-use-os-certs";
        return $"mosquitto_pub -h {(host == "0.0.0.0" ? "127.0.0.1" : host)} -p {port}{tls}{user} -q 1 -t '{topic}' -m {payload}";
    }
}
