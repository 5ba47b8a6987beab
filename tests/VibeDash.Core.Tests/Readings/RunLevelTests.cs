using CsCheck;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Readings;

/// <summary>The run level found in the levels of a sensor.</summary>
public sealed class RunLevelTests
{
    // Run level, level at standstill, level of the running machine, share at standstill in per cent. Field: a machine that stands still for 82 to 84 % of the year.
    [Theory]
    [InlineData("field_lorawan/sensor-1.csv", "XOAVelocity", 0.178, 0.0604, 0.34, 84)]
    [InlineData("field_lorawan/sensor-1.csv", "YOAVelocity", 0.178, 0.0604, 0.34, 84)]
    [InlineData("field_lorawan/sensor-1.csv", "ZOAVelocity", 0.422, 0.0698, 1.07, 84)]
    [InlineData("field_lorawan/sensor-4.csv", "XOAVelocity", 0.133, 0.0562, 0.178, 83)]
    [InlineData("field_lorawan/sensor-4.csv", "YOAVelocity", 0.133, 0.0562, 0.205, 82)]
    [InlineData("field_lorawan/sensor-4.csv", "ZOAVelocity", 0.365, 0.0649, 0.866, 83)]
    public void A_machine_that_stands_still_most_of_the_year_has_one_on_each_axis(string file, string column, double runLevel, double standing, double running, int stood)
    {
        var proposal = Propose(file, column, 0.01);

        proposal.Obstacle.ShouldBeNull();
        proposal.RunLevel!.Value.ShouldBe(runLevel, 0.001);
        proposal.Standing!.Value.ShouldBe(standing, 0.0005);
        proposal.Running!.Value.ShouldBe(running, 0.01);
        (100 * proposal.StoodShare!.Value).ShouldBe(stood, 0.6);
        proposal.Starts.ShouldBeGreaterThan(70);
        proposal.Bins.Sum(bin => bin.Count).ShouldBe(proposal.Readings);
    }

    // A rig that runs to failure stops once, at its end; damage that grows does not go back; a pump in normal operation has one hump.
    [Theory]
    [InlineData("ims_test2/ims_test2_rms_kurtosis.csv", "b1_acrms_g", RunLevelObstacle.OneHump)]
    [InlineData("ims_test2/ims_test2_rms_kurtosis.csv", "b2_acrms_g", RunLevelObstacle.OneHump)]
    [InlineData("ims_test2/ims_test2_rms_kurtosis.csv", "b3_acrms_g", RunLevelObstacle.OneHump)]
    [InlineData("ims_test2/ims_test2_rms_kurtosis.csv", "b4_acrms_g", RunLevelObstacle.OneHump)]
    [InlineData("skab/anomaly-free_anomaly-free.csv", "Accelerometer1RMS", RunLevelObstacle.OneHump)]
    [InlineData("skab/anomaly-free_anomaly-free.csv", "Accelerometer2RMS", RunLevelObstacle.OneHump)]
    [InlineData("skab/valve1_0.csv", "Accelerometer1RMS", RunLevelObstacle.OneHump)]
    [InlineData("skab/other_5.csv", "Accelerometer1RMS", RunLevelObstacle.TooFewStarts)]
    [InlineData("skab/other_6.csv", "Accelerometer2RMS", RunLevelObstacle.TooFewStarts)]
    [InlineData("skab/other_9.csv", "Accelerometer1RMS", RunLevelObstacle.TooFewStarts)]
    [InlineData("femto/Bearing1_1.csv", "h_rms_g", RunLevelObstacle.OneHump)]
    [InlineData("femto/Bearing1_2.csv", "h_rms_g", RunLevelObstacle.TooFewStarts)]
    [InlineData("femto/Bearing2_1.csv", "v_rms_g", RunLevelObstacle.TooFewStarts)]
    public void A_machine_that_runs_on_has_none_whatever_its_damage(string file, string column, RunLevelObstacle obstacle)
    {
        var proposal = Propose(file, column);

        (proposal.RunLevel, proposal.Obstacle).ShouldBe((null, obstacle));
    }

    [Fact]
    public void Levels_of_zero_are_standstill()
    {
        var proposal = RunLevelProposal.Of("mm/s", [.. Enumerable.Range(0, 400).Select(i => i % 20 < 15 ? 0 : 4 + (i % 3 * 0.1))]);

        (proposal.Readings, proposal.StoodShare, proposal.Starts).ShouldBe((400, 0.75, 20));
        proposal.RunLevel!.Value.ShouldBeInRange(1, 4);
        (proposal.Bins[0].Count, proposal.Bins.Sum(bin => bin.Count)).ShouldBe((300, 400));
    }

    [Fact]
    public void Two_starts_are_too_few_three_are_enough()
    {
        double[] day = [.. Enumerable.Repeat(0.1, 60), .. Enumerable.Repeat(1.0, 40)];

        Of(2).ShouldBe((null, RunLevelObstacle.TooFewStarts, 2));
        var (runLevel, obstacle, starts) = Of(3);
        (obstacle, starts).ShouldBe((null, 3));
        runLevel!.Value.ShouldBe(0.316, 0.03);

        (double?, RunLevelObstacle?, int) Of(int days)
        {
            var proposal = RunLevelProposal.Of("g", [.. Enumerable.Repeat(day, days).SelectMany(levels => levels), 0.1]);
            return (proposal.RunLevel, proposal.Obstacle, proposal.Starts);
        }
    }

    [Fact]
    public void A_signed_level_and_few_levels_have_none()
    {
        RunLevelProposal.Of("µm", [.. Enumerable.Range(0, 400).Select(i => i % 20 < 15 ? -0.1 : 4)]).Obstacle.ShouldBe(RunLevelObstacle.OneHump);
        RunLevelProposal.Of("µm", [.. Enumerable.Range(0, 99).Select(i => i % 20 < 15 ? 0.1 : 4)]).Obstacle.ShouldBe(RunLevelObstacle.TooFewReadings);
        RunLevelProposal.Of("µm", []).Bins.ShouldBeEmpty();
        RunLevelProposal.Of("µm", new double[200]).Obstacle.ShouldBe(RunLevelObstacle.OneHump);
        RunLevelProposal.Of("µm", [1e-300, 1e12, double.Epsilon, .. Enumerable.Repeat(1.0, 200)]).Obstacle.ShouldBe(RunLevelObstacle.OneHump);
    }

    [Fact]
    public void One_hump_of_any_width_has_none() =>
        Gen.Select(Gen.Double[0.02, 0.8], Gen.Int[100, 1000], Gen.Double[-3, 3], Gen.UInt).Sample(
            (width, count, decade, seed) =>
            {
                var random = new Random((int)(seed & int.MaxValue));
                double[] levels = [.. Enumerable.Range(0, count).Select(_ => Math.Pow(10, decade) * Math.Exp(width * Normal(random)))];
                return RunLevelProposal.Of("g", levels).RunLevel is null;
            },
            iter: 500);

    [Fact]
    public void Two_humps_far_apart_have_one_between_them_in_any_unit() =>
        Gen.Select(Gen.Double[8, 1000], Gen.Double[0.1, 0.9], Gen.Double[-4, 4], Gen.UInt).Sample(
            (ratio, stood, decade, seed) =>
            {
                var (random, low) = (new Random((int)(seed & int.MaxValue)), Math.Pow(10, decade));
                double[] levels = [.. Enumerable.Range(0, 600).Select(i => (i % 100 < 100 * stood ? low : low * ratio) * Math.Exp(0.15 * Normal(random)))];
                return RunLevelProposal.Of("g", levels).RunLevel is { } found && found > low * 1.3 && found < low * ratio / 1.3;
            },
            iter: 500);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static RunLevelProposal Propose(string file, string column, double factor = 1) =>
        RunLevelProposal.Of("mm/s", [.. MeasuredLevels.Read(file, column, factor).Select(reading => reading.Level)]);
}
