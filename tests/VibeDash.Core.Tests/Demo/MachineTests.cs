using CsCheck;
using VibeDash.Demo.Events;
using VibeDash.Demo.Machines;

namespace VibeDash.Core.Tests.Demo;

public sealed class MachineTests
{
    private static readonly Gen<TimeSpan> Elapsed = Gen.Double[0, 1_000_000].Select(TimeSpan.FromSeconds);
    private static readonly Gen<double> Noise = Gen.Double[-3.5, 3.5];

    [Fact]
    public void A_healthy_machine_stays_near_its_baseline() => Always(new Healthy(), 0.8, 1.3);

    [Fact]
    public void A_ramping_machine_stays_below_the_warning() => Always(new Ramping(TimeSpan.FromMinutes(3)), 0.3, 1.8);

    [Fact]
    public void A_machine_on_shifts_runs_or_hums()
    {
        var machine = new Shifts(running: TimeSpan.FromSeconds(60), stopped: TimeSpan.FromSeconds(30));

        Ratios(machine, 0, 59.9).ShouldAllBe(ratio => ratio == 1);
        Ratios(machine, 60, 75, 89.9).ShouldAllBe(ratio => ratio < 0.1);
        Ratios(machine, 90, 149).ShouldAllBe(ratio => ratio == 1);
    }

    [Fact]
    public void A_bearing_wears_faster_and_faster_until_it_is_changed()
    {
        var machine = new WearingBearing(untilCritical: TimeSpan.FromSeconds(100));

        var ratios = Ratios(machine, 0, 20, 40, 60, 80, 100, 120);
        ratios[0].ShouldBe(1);
        ratios[5].ShouldBe(3, 1e-9);
        var growth = ratios.Zip(ratios.Skip(1), (a, b) => b - a).ToArray();
        growth.Zip(growth.Skip(1)).ShouldAllBe(pair => pair.Second > pair.First);

        var worn = 100 * Math.Log(WearingBearing.WornOut, 3);
        Ratios(machine, worn + 1, worn + 29).ShouldAllBe(ratio => ratio == WearingBearing.WornOut);
        Ratios(machine, worn + 31, worn + 49).ShouldAllBe(ratio => ratio < 0.1);
        Ratios(machine, worn + 51, worn + 109).ShouldAllBe(ratio => ratio == 1);
        machine.RatioAt(machine.Period + TimeSpan.FromSeconds(100), 0)!.Value.ShouldBe(3, 1e-6);
    }

    [Fact]
    public void A_sensor_that_goes_silent_sends_nothing_for_a_while()
    {
        var machine = new GoingSilent(sending: TimeSpan.FromSeconds(60), silent: TimeSpan.FromSeconds(30));

        new double[] { 0, 59.9, 60, 89.9, 90 }.Select(seconds => machine.RatioAt(TimeSpan.FromSeconds(seconds), 0).HasValue).ShouldBe([true, true, false, false, true]);
    }

    [Fact]
    public void A_chattering_machine_hops_around_the_warning()
    {
        var machine = new Chattering(calm: TimeSpan.FromSeconds(10), chatter: TimeSpan.FromSeconds(10));
        var noise = new Noise(1);

        double[] chatter = [.. Enumerable.Range(0, 200).Select(i => machine.RatioAt(TimeSpan.FromSeconds(10 + (i * 0.05)), noise.Normal(i))!.Value)];
        chatter.Count(ratio => ratio > 2).ShouldBeInRange(60, 140);
        chatter.Count(ratio => ratio <= 1.8).ShouldBeGreaterThan(10);
        chatter.Max().ShouldBeLessThan(3);
        machine.RatioAt(TimeSpan.FromSeconds(5), 3.5)!.Value.ShouldBeLessThan(1.8);
    }

    [Fact]
    public void The_other_end_of_the_shaft_hears_a_bearing_faintly()
    {
        var near = new SimulatedSensor("VB-1", new("", null, null, null, null), 4, new WearingBearing(TimeSpan.FromSeconds(100)));
        var far = near with { Coupling = 0.5 };

        near.LevelAt(TimeSpan.FromSeconds(100), 0).ShouldBe(12);
        far.LevelAt(TimeSpan.FromSeconds(100), 0).ShouldBe(8);
    }

    [Fact]
    public void Noise_has_mean_0_deviation_1_and_limits()
    {
        var noise = new Noise(42);
        double[] normal = [.. Enumerable.Range(0, 100_000).Select(i => noise.Normal(i))];
        double[] uniform = [.. Enumerable.Range(0, 100_000).Select(i => noise.Uniform(i))];

        normal.Average().ShouldBe(0, 0.02);
        normal.Average(number => number * number).ShouldBe(1, 0.02);
        normal.Max(Math.Abs).ShouldBeLessThan(3.5);
        uniform.Average().ShouldBe(0.5, 0.01);
        (uniform.Min() >= 0 && uniform.Max() < 1).ShouldBeTrue();
        noise.Branch(1).Bits(0).ShouldNotBe(noise.Branch(2).Bits(0));
    }

    private static void Always(IMachineBehavior machine, double least, double most) =>
        Gen.Select(Elapsed, Noise).Sample((elapsed, noise) => machine.RatioAt(elapsed, noise)!.Value.ShouldBeInRange(least, most));

    private static double[] Ratios(IMachineBehavior machine, params double[] seconds) =>
        [.. seconds.Select(second => machine.RatioAt(TimeSpan.FromSeconds(second), 0)!.Value)];
}
