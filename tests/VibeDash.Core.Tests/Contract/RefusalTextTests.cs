using System.Globalization;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;

namespace VibeDash.Core.Tests.Contract;

public sealed class RefusalTextTests
{
    public static TheoryData<RefusalCode> Refusals => [.. Enum.GetValues<RefusalCode>()];

    public static TheoryData<FaultCode> Faults => [.. Enum.GetValues<FaultCode>()];

    public static TheoryData<RunFaultCode> RunFaults => [.. Enum.GetValues<RunFaultCode>()];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_refusal_has_a_sentence(RefusalCode code)
    {
        IsSentence(RefusalText.Of(Refusal.Of(code, "1", "2", "3")), code.ToString());
        Should.NotThrow(() => RefusalText.Of(Refusal.Of(code)), "without arguments, as another version may send it");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Every_fault_has_a_sentence(FaultCode code)
    {
        IsSentence(FaultText.Of(FieldFault.Of("rule.note", code, "1", "2", "3")), code.ToString());
        Should.NotThrow(() => FaultText.Of(FieldFault.Of("note", code)), "without arguments, as another version may send it");
    }

    [Theory]
    [MemberData(nameof(RunFaults))]
    public void Every_fault_of_a_run_has_a_sentence(RunFaultCode code)
    {
        IsSentence(RunFaultText.Of(RunFault.Of(code, "1")), code.ToString());
        Should.NotThrow(() => RunFaultText.Of(RunFault.Of(code)), "without arguments, as another version may send it");
    }

    [Fact]
    public void Arguments_are_in_the_invariant_culture_and_times_in_ISO_8601()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };

            FaultArguments.Of(1.5, 10_000, new DateTimeOffset(2026, 3, 1, 14, 0, 0, TimeSpan.FromHours(2)), "J\u00f6rg").ShouldBe(["1.5", "10000", "2026-03-01T12:00:00Z", "J\u00f6rg"]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("Ada", "Ada")]
    [InlineData(" J\u00f6rg ", "J\u00f6rg")]
    [InlineData(" ", null)]
    [InlineData(null, null)]
    [InlineData("A\u0007", null)]
    [InlineData("A\u2028b", null)]
    [InlineData("A\u2029b", null)]
    [InlineData("A\nb", null)]
    public void A_person_has_a_name_without_control_characters(string? name, string? expected) => (Actor.Of(name)?.Name).ShouldBe(expected);

    [Fact]
    public void A_name_is_limited()
    {
        Actor.Of(new('a', Actor.MaximumLength)).ShouldNotBeNull();
        Actor.Of(new('a', Actor.MaximumLength + 1)).ShouldBeNull();
    }

    private static void IsSentence(string text, string code)
    {
        text.ShouldNotBe(code);
        text.ShouldMatch("^[A-Z1'].* .*[.0-9]$");
    }
}
