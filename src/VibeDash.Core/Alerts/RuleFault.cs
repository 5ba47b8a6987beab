namespace VibeDash.Core.Alerts;

/// <summary>Something wrong with a rule.</summary>
/// <param name="Field">Where, as in its JSON: <c>name</c>, <c>scope.value</c>, <c>tiers[0].recovery</c>.</param>
/// <param name="Reason">What is wrong, in one sentence.</param>
public sealed record RuleFault(string Field, string Reason);
