using System.Globalization;

namespace VibeDash.Simulator.Load;

/// <summary>What a run has done. Every event counts once, however often it was sent.</summary>
/// <param name="Elapsed">Since the start.</param>
/// <param name="Published">Events handed to the broker, or waiting for it.</param>
/// <param name="Acknowledged">Events the broker has acknowledged (PUBACK).</param>
/// <param name="Refused">Events the broker has answered with a refusal; they are not sent again.</param>
/// <param name="Repeated">Times an event was sent again because the connection was lost before its acknowledgement.</param>
/// <param name="ConnectionFailures">Connections lost and attempts to connect that failed.</param>
/// <param name="Skipped">Events left out because sending had fallen behind its schedule.</param>
public sealed record SimulatorReport(
    TimeSpan Elapsed, long Published, long Acknowledged, long Refused, long Repeated, long ConnectionFailures, long Skipped)
{
    /// <summary>Events published and not acknowledged.</summary>
    public long Unacknowledged => Published - Acknowledged;

    /// <summary>Acknowledged events a second.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Acknowledged / Elapsed.TotalSeconds : 0;

    /// <summary>One line for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Elapsed.TotalSeconds:N0} s: {Published:N0} published, {Acknowledged:N0} acknowledged ({Rate:N1}/s), {Unacknowledged:N0} not acknowledged, "
        + $"{Refused:N0} refused, {Repeated:N0} sent again, {ConnectionFailures:N0} connection failures, {Skipped:N0} skipped");
}
