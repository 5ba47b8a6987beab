using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

public sealed class CalibrationAndBaselineTests
{
    private static readonly AlertRule TwelveMonths = Sample.Warning(new(ConditionKind.CalibrationAge), threshold: 12, recovery: 11);
    private static readonly AlertRule TenPercent = Sample.Warning(new(ConditionKind.BaselineChange), threshold: 10, recovery: 10);

    // The readings are of 1 March 2026.
    [Theory]
    [InlineData("2025-03-02", false)]
    [InlineData("2025-02-28", true)]
    [InlineData(null, false)]
    public void A_calibration_is_older_than_twelve_months_or_not(string? date, bool isOld)
    {
        var sensor = new Watched(TwelveMonths).Sees(Watched.Reading(0, 1) with { CalibrationDate = date is null ? null : DateOnly.Parse(date, null) });

        (sensor.State == AlertState.Unacknowledged).ShouldBe(isOld);
    }

    [Fact]
    public void A_calibration_ends_it()
    {
        var sensor = new Watched(TwelveMonths).Sees(Watched.Reading(0, 1) with { CalibrationDate = new(2024, 3, 1) });
        (sensor.Alert.Level, sensor.Alert.Threshold, sensor.Alert.Unit, sensor.Alert.CalibrationAgeDays).ShouldBe((sensor.Alert.Level, 12, "months", 730));
        sensor.Alert.Level.ShouldBe(24, 0.1);

        sensor.Sees(Watched.Reading(1, 1) with { CalibrationDate = new(2026, 3, 1) });

        sensor.State.ShouldBe(AlertState.ReturnedUnacknowledged);
    }

    public static TheoryData<string, double[], int> Baselines => new()
    {
        { "always the same", [4, 4, 4], 0 },
        { "by less than ten per cent", [4, 4.39], 0 },
        { "by more, up", [4, 4.41], 1 },
        { "by more, down", [4, 3.59], 1 },
        { "and back", [4, 5, 5, 4, 4], 2 },
        { "known for the first time", [0, 4], 0 },
        { "not sent any more", [4, 0], 0 },
        // Events without a baseline in between hid the change.
        { "another after a while without", [4, 0, 0, 5], 1 },
        { "the same after a while without", [4, 0, 0, 4], 0 },
    };

    [Theory]
    [MemberData(nameof(Baselines))]
    public void A_sender_changes_its_baseline_or_not(string why, double[] baselines, int alerts)
    {
        var sensor = new Watched(TenPercent);
        for (var i = 0; i < baselines.Length; i++)
            sensor.Sees(Watched.Reading(i, 1, baselines[i]));

        sensor.Triggers.Count(trigger => trigger == AlertTrigger.Raised).ShouldBe(alerts, why);
    }

    [Theory]
    [InlineData(5e-324, 1e12)]
    [InlineData(1e-11, 1e12)]
    [InlineData(1e-8, 1e12)]
    [InlineData(1, 300)]
    public void A_change_from_next_to_nothing_is_a_percentage_without_infinity(double before, double expected)
    {
        var sensor = new Watched(TenPercent).Sees(Watched.Reading(0, 1, before)).Sees(Watched.Reading(1, 1, before < 1 ? 1e12 : 4));

        sensor.Alert.Level.ShouldBe(expected);
    }

    [Fact]
    public void It_is_the_senders_baseline_that_counts_not_the_one_in_force()
    {
        var sensor = new Watched(TenPercent).Sees(Watched.Reading(0, 1, 4) with { Baseline = 7 }).Sees(Watched.Reading(1, 1, 5) with { Baseline = 7 });

        (sensor.Alert.Level, sensor.Alert.Threshold, sensor.Alert.Unit).ShouldBe((25, 10, "%"));
    }
}
