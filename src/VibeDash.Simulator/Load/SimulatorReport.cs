using System.Globalization;

namespace VibeDash.Simulator.Load;

/// <summary>The result of a run. Every event counts once, however often it was sent.</summary>
/// <param name="Elapsed">Time since the start.</param>
/// <param name="Published">Events sent to the broker or waiting to be sent.</param>
/// <param name="Acknowledged">Events acknowledged by the broker (PUBACK).</param>
/// <param name="Refused">Events refused by the broker; they are not sent again.</param>
/// <param name="Repeated">Number of times an event was sent again after a loss of the connection.</param>
/// <param name="ConnectionFailures">Lost connections and failed attempts to connect.</param>
/// <param name="Skipped">Events left out because the sender had fallen behind the schedule.</param>
public sealed record SimulatorReport(
    TimeSpan Elapsed, long Published, long Acknowledged, long Refused, long Repeated, long ConnectionFailures, long Skipped)
{
    /// <summary>Events published and not acknowledged.</summary>
    public long Unacknowledged => Published - Acknowledged;

    /// <summary>Acknowledged events per second.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Acknowledged / Elapsed.TotalSeconds : 0;

    /// <summary>The report in one line, for the console.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Elapsed.TotalSeconds:N0} s: {Published:N0} published, {Acknowledged:N0} acknowledged ({Rate:N1}/s), {Unacknowledged:N0} not acknowledged, "
        + $"{Refused:N0} refused, {Repeated:N0} sent again, {ConnectionFailures:N0} connection failures, {Skipped:N0} skipped");
}
