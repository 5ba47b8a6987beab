using System.Text.Json;
using CsCheck;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>
/// Levels and baselines at the ends of what is accepted: a baseline next to 0 made a percentage infinite, which JSON cannot represent, and every list with
/// that alert failed.
/// </summary>
public sealed class ExtremeNumberProperties
{
    private static readonly double[] Extremes = [0, -0.0, 5e-324, 2.2250738585072014e-308, 1e-12, 1, 4, 1e12 - 0.001, Reading.MaximumLevel];
    private static readonly Gen<double> Extreme = Gen.Int[0, Extremes.Length - 1].Select(i => Extremes[i]);

    private static readonly AlertRule[] Rules =
    [
        Sample.Multiple(),
        Sample.Warning(new(ConditionKind.BaselineChange), threshold: 10, recovery: 10),
        Sample.Change(10, percent: true),
        Sample.Below(Reading.MaximumLevel / 2, Reading.MaximumLevel, "m/s²"),
        Sample.Warning(new(ConditionKind.DifferenceAbove) { Unit = "m/s²" }, threshold: 1e-300),
        Sample.Above(5e-324, 0, unit: "g"),
    ];

    [Fact]
    public void Every_number_of_a_journal_is_finite() => Gen.Select(Extreme, Extreme).Array[1, 12].Sample(readings =>
    {
        var sensor = new Watched(Rules);
        for (var i = 0; i < readings.Length; i++)
        {
            sensor.Sees(Watched.Reading(i, readings[i].Item1, readings[i].Item2));
            foreach (var alert in sensor.Watch.Alerts.Where(alert => alert.State == AlertState.Unacknowledged))
                sensor.Watch.Append(alert, AlertTransition.Draft(AlertTrigger.Acknowledged, sensor.Now) with { By = "Ada" }, sensor.Writer);
        }

        // Throws for a number that is not finite.
        JsonSerializer.Serialize([.. sensor.Journal], DashboardJson.Default.AlertChangeArray).ShouldNotBeEmpty();
        JsonSerializer.Serialize(new AlertPage([.. sensor.Watch.Alerts], More: false), DashboardJson.Default.AlertPage).ShouldNotBeEmpty();
    });
}
