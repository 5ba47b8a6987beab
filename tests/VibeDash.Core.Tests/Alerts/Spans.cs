using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>The times for which a journal has alerts as active.</summary>
internal static class Spans
{
    public static AlertSpan[] Of(IEnumerable<AlertChange> journal)
    {
        var spans = new List<AlertSpan>();
        var open = new Dictionary<long, int>();
        foreach (var (transition, alert) in journal)
        {
            if (transition.Trigger == AlertTrigger.Raised)
            {
                open[alert.Id] = spans.Count;
                spans.Add(new(alert.Kind, alert.Severity, transition.At, null));
            }
            else if (open.TryGetValue(alert.Id, out var index))
            {
                spans[index] = spans[index] with { Severity = alert.Severity, To = transition.Trigger == AlertTrigger.Cleared ? transition.At : spans[index].To };
                if (transition.Trigger == AlertTrigger.Cleared)
                    open.Remove(alert.Id);
            }
        }

        return [.. spans];
    }
}
