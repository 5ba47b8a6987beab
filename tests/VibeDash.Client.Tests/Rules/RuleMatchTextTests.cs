using VibeDash.Client.Rules;
using VibeDash.Core.Alerts;

namespace VibeDash.Client.Tests.Rules;

public sealed class RuleMatchTextTests
{
    [Theory]
    [InlineData(RuleMatchReason.ForAll, "", "", "It is for all sensors, and no other of its kind is more specific.")]
    [InlineData(RuleMatchReason.MostSpecific, "Label", "critical", "It is the most specific of its kind: for the label “critical”.")]
    [InlineData(RuleMatchReason.SwitchedOff, "", "", "It is switched off.")]
    [InlineData(RuleMatchReason.UnitsNotComparable, "mm/s", "m/s²", "mm/s is a velocity and m/s² an acceleration: one cannot be converted into the other without the frequency.")]
    [InlineData(RuleMatchReason.LessSpecific, "Mine", "", "“Mine” is more specific.")]
    [InlineData(RuleMatchReason.Older, "Newer", "", "“Newer” is newer.")]
    public void The_reason_is_a_sentence(RuleMatchReason reason, string first, string second, string text) =>
        RuleMatchText.Of(new(1, reason, [first, second]) { Rule = AlertRule.Defaults[0] }).ShouldBe(text);
}
