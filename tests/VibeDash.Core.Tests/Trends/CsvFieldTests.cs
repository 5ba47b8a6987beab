using VibeDash.Core.Trends;

namespace VibeDash.Core.Tests.Trends;

public sealed class CsvFieldTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("VB-1", "VB-1")]
    [InlineData("m/s²", "m/s²")]
    [InlineData("Hall A, \"Pump\"", "\"Hall A, \"\"Pump\"\"\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData(" a", "\" a\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("-VB-1", "\"'-VB-1\"")]
    [InlineData("@", "\"'@\"")]
    [InlineData("'quoted", "\"''quoted\"")]
    public void A_text_is_quoted_where_needed_and_never_runs_as_a_formula(string text, string field) => CsvField.Of(text).ShouldBe(field);
}
