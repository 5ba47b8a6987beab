using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>The times for which a journal has alerts as active.</summary>
internal static class Spans
{
    public static AlertSpan[] Of(IEnumerable<AlertChange> journal) =>
        [.. journal.GroupBy(change => change.Alert.Id).SelectMany(alert => AlertSpan.Of(alert.First().Alert.Kind, alert.Select(change => change.Transition)))];
}
