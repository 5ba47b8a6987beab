using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

internal static class AlertFactsSteps
{
    public static AlertFacts Shelve(this AlertFacts facts) => facts with { IsShelved = true };

    public static AlertFacts Suppress(this AlertFacts facts) => facts with { IsSuppressed = true };

    public static AlertFacts TakeOut(this AlertFacts facts) => facts with { IsOutOfService = true };
}
