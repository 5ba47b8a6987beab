using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

internal static class Journals
{
    /// <summary>Fails unless the journal is without gaps, legal, and replays to the current alerts.</summary>
    public static void ShouldBeWhole(Watched sensor)
    {
        var journal = sensor.Journal.Select(change => change.Transition).ToArray();
        journal.Select(entry => entry.Position).ShouldBe(Enumerable.Range(1, journal.Length).Select(position => (long)position));
        journal.Select(entry => entry.AlertId).Distinct().Order().ShouldBe(Enumerable.Range(1, (int)sensor.Numbers.LastAlertId).Select(id => (long)id));
        sensor.Watch.Alerts.Select(alert => alert.Kind).ShouldBeUnique();

        // The replay throws on an illegal entry.
        var replayed = sensor.Journal.GroupBy(change => change.Alert.Id).Select(alert => alert.Last().Alert.Replay(alert.Select(change => change.Transition))).ToArray();
        replayed.Where(alert => alert.IsOpen).OrderBy(alert => alert.Id).Select(WithoutPeak)
            .ShouldBe(sensor.Watch.Alerts.OrderBy(alert => alert.Id).Select(WithoutPeak));
        replayed.Where(alert => !alert.IsOpen).ShouldAllBe(alert => alert.EndedAt != null);

        // The peak follows the readings, and the journal contains only some of them.
        static Alert WithoutPeak(Alert alert) => alert with { PeakLevel = 0, Chattering = null };
    }
}
