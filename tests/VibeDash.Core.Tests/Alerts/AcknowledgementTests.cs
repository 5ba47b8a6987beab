using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

public sealed class AcknowledgementTests
{
    [Theory]
    [InlineData("", null, "'by'")]
    [InlineData("  ", null, "'by'")]
    [InlineData(null, null, "'by'")]
    public void It_needs_a_name(string? by, string? note, string named) => new Acknowledgement(by!, note).Fault().ShouldNotBeNull().ShouldContain(named);

    [Fact]
    public void Name_and_note_have_a_longest_length()
    {
        var (name, note) = (new string('a', Acknowledgement.MaximumNameLength), new string('n', Acknowledgement.MaximumNoteLength));

        new Acknowledgement(name, note).Fault().ShouldBeNull();
        new Acknowledgement("Ada", null).Fault().ShouldBeNull();
        new Acknowledgement(name + "a", note).Fault().ShouldNotBeNull().ShouldContain("'by'");
        new Acknowledgement(name, note + "n").Fault().ShouldNotBeNull().ShouldContain("'note'");
    }
}
