using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Readings;

public sealed class SensorIdTests
{
    [Theory]
    [InlineData("VB-42345")]
    [InlineData("1")]
    [InlineData("a.b_c:d-e f")]
    [InlineData("Lüfter 3")]
    [InlineData("..1")]
    [InlineData("ポンプ")]
    public void Letters_digits_inner_spaces_and_a_few_marks_are_an_id(string id) => SensorId.IsValid(id).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" VB-1")]
    [InlineData("VB-1 ")]
    [InlineData("..")]
    [InlineData("-_.:")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a+b")]
    [InlineData("a#b")]
    [InlineData("$SYS")]
    [InlineData("a%2Fb")]
    [InlineData("a?b")]
    [InlineData("<b>")]
    [InlineData("a&b")]
    [InlineData("a\"b")]
    [InlineData("a\tb")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\u00A0b")]
    [InlineData("a\u202Eb")]
    [InlineData("😀1")]
    public void Anything_else_is_not(string? id) => SensorId.IsValid(id).ShouldBeFalse();

    [Fact]
    public void An_id_has_at_most_128_characters()
    {
        SensorId.IsValid(new string('a', SensorId.MaximumLength)).ShouldBeTrue();
        SensorId.IsValid(new string('a', SensorId.MaximumLength + 1)).ShouldBeFalse();
    }
}
