namespace VibeDash.EndToEnd.Tests.Hosting;

/// <summary>An hour of a small plant: normal machines, one that is deteriorating, one stopped in time, and a silent sensor.</summary>
internal static class Plant
{
    /// <summary>The sensor that is rising: first a warning, then critical.</summary>
    public const string Rising = "VB-42345";

    /// <summary>The sensor with a warning that has been acknowledged.</summary>
    public const string Acknowledged = "VB-30311";

    /// <summary>The sensor whose alert has cleared.</summary>
    public const string Cleared = "VB-20017";

    /// <summary>The sensor that has not sent for 25 minutes.</summary>
    public const string Silent = "VB-30320";

    private const int Minutes = 60;

    /// <summary>Publishes the hour up to now; all sensors concurrently, each in time order.</summary>
    public static Task RunAsync(Sensor sensor) => Task.WhenAll(
        PublishAsync(sensor, Rising, "Motor Assembly Line B, Conveyor Unit 4", 4, m => m < 25 ? 1 : 1 + ((m - 25) * 0.066)),
        PublishAsync(sensor, "VB-42346", "Motor Assembly Line B, Conveyor Unit 4", 3.2, _ => 1.1),
        PublishAsync(sensor, "VB-42350", "Motor Assembly Line B, Gearbox 2", 5.1, _ => 0.9),
        PublishAsync(sensor, Cleared, "Motor Assembly Line B, Hydraulic press with a long name 11", 2.4, m => m is > 20 and < 32 ? 3.4 : 1),
        PublishAsync(sensor, Acknowledged, "Pump house, Cooling water pump 1", 2.8, m => m < 40 ? 1.2 : 2.3),
        PublishAsync(sensor, "VB-30312", "Pump house, Cooling water pump 2", 2.8, _ => 1),
        PublishAsync(sensor, Silent, "Pump house, Fire water pump", 1.9, _ => 0.4, until: Minutes - 25),
        PublishAsync(sensor, "VB-50001", "Compressed air, Screw compressor 1", 6.5, m => 1 + (0.3 * Math.Sin(m / 6.0))),
        PublishAsync(sensor, "VB-50002", "Compressed air, Screw compressor 2", 6.5, m => m % 20 < 10 ? 0.1 : 1));

    /// <summary>Acknowledges the warning of <see cref="Acknowledged"/>, from the page of its sensor.</summary>
    public static async Task AcknowledgeAsync(Visitor visitor)
    {
        await visitor.OpenAsync($"sensors/{Acknowledged}");
        var open = visitor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = $"alert on {Acknowledged}" });
        await open.ClickAsync();
        await visitor.FillInAsync("Cavitation at low suction pressure, filter will be cleaned in the late shift");
        await Expect(open).ToBeHiddenAsync();
    }

    // One reading a minute, the last a few seconds ago; ratio is the level in multiples of the baseline.
    private static async Task PublishAsync(Sensor sensor, string id, string location, double baseline, Func<int, double> ratio, int until = Minutes)
    {
        var start = TimeProvider.System.GetUtcNow().AddMinutes(-Minutes).AddSeconds(-5);
        for (var minute = 0; minute <= until; minute++)
        {
            var noise = 0.05 * Math.Sin((minute * 1.7) + baseline);
            await sensor.PublishAsync(id, Math.Round(baseline * (ratio(minute) + noise), 2), location, start.AddMinutes(minute), baseline);
        }
    }
}
