using System.Text.Json;
using VibeDash.Core.Payloads;

namespace VibeDash.Core.Tests.Payloads;

public sealed class JsonPathTests
{
    [Theory]
    [InlineData("$", """{"a":{"b":[1,{"x y":2}],"it's":3,"q\"":4},"null":null}""")]
    [InlineData("$.a.b[0]", "1")]
    [InlineData("$['a']['b'][1]['x y']", "2")]
    [InlineData("$[\"a\"].b[1]['x y']", "2")]
    [InlineData("$.a['it\\'s']", "3")]
    [InlineData("$.a['q\"']", "4")]
    [InlineData("@[0]", "7")]
    [InlineData("$.null", null)]
    [InlineData("$.a.c", null)]
    [InlineData("$.a.b[2]", null)]
    [InlineData("$.a[0]", null)]
    [InlineData("$.a.b.c", null)]
    [InlineData("$.a.b[0].c", null)]
    public void A_path_finds_what_it_names(string path, string? expected)
    {
        using var root = JsonDocument.Parse("""{"a":{"b":[1,{"x y":2}],"it's":3,"q\"":4},"null":null}""");
        using var item = JsonDocument.Parse("[7]");

        Parsing.Path(path).Find(root.RootElement, item.RootElement)?.GetRawText().ShouldBe(expected);
        (Parsing.Path(path).Find(root.RootElement, item.RootElement) is null).ShouldBe(expected is null);
    }

    [Theory]
    [InlineData("$[*]", true)]
    [InlineData("$.a['b'][*]", true)]
    [InlineData("$.a", false)]
    public void A_path_may_stand_for_each_element(string path, bool many) => Parsing.Path(path).IsMany.ShouldBe(many);

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("$a")]
    [InlineData("$.")]
    [InlineData("$..a")]
    [InlineData("$.a b")]
    [InlineData("$.a.")]
    [InlineData("$[")]
    [InlineData("$[]")]
    [InlineData("$[-1]")]
    [InlineData("$[1:2]")]
    [InlineData("$[99999999999]")]
    [InlineData("$['a'")]
    [InlineData("$['a")]
    [InlineData("$['a\\")]
    [InlineData("$['a'x]")]
    [InlineData("$[*].a")]
    [InlineData("$[*][*]")]
    [InlineData("$[?(@.a)]")]
    public void What_is_no_path_is_refused(string text) => JsonPath.TryParse(text, out _).ShouldBeFalse();
}
