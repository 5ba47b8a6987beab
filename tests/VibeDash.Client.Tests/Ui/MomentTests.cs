using Bunit;
using Microsoft.AspNetCore.Components;
using VibeDash.Client.Ui;

namespace VibeDash.Client.Tests.Ui;

public sealed class MomentTests : PageTest
{
    [Fact]
    public void In_the_browser_it_is_local_and_the_title_says_UTC()
    {
        var time = Render<Moment>(moment => moment.Add(m => m.At, Some.Time)).Find("time");

        time.TextContent.ShouldBe("2026-03-01 05:00:00");
        time.GetAttribute("title").ShouldBe("2026-03-01T03:00:00Z");
    }

    [Fact]
    public void While_the_server_draws_it_is_UTC_and_says_so()
    {
        SetRendererInfo(new RendererInfo("Static", isInteractive: false));

        Render<Moment>(moment => moment.Add(m => m.At, Some.Time)).Find("time").TextContent.ShouldBe("2026-03-01 03:00:00 UTC");
    }
}
