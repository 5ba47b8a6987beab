using Bunit;
using Microsoft.AspNetCore.Components.Web;
using VibeDash.Client.Alerts;
using VibeDash.Core.Alerts;

namespace VibeDash.Client.Tests.Ui;

public sealed class TabTitleTests : PageTest
{
    [Fact]
    public void The_tab_counts_what_is_not_acknowledged_and_nothing_else()
    {
        var page = Open<ShelvedPage>(Some.Fleet(alerts: [Some.Alert(1, state: AlertState.Shelved), Some.Alert(2, "VB-2", state: AlertState.ReturnedUnacknowledged)], journal: 1));
        Title().ShouldBe("(1) Shelved & out of service – VibeDash");

        Feed.Send(Some.Change(2, Some.Alert(3, "VB-3")));
        Title().ShouldBe("(2) Shelved & out of service – VibeDash");

        Feed.Send(Some.Change(3, Some.Alert(3, "VB-3", state: AlertState.Acknowledged)), Some.Change(4, Some.Alert(2, "VB-2", state: AlertState.Normal)));
        Title().ShouldBe("Shelved & out of service – VibeDash");

        string Title() => Render(page.FindComponent<PageTitle>().Instance.ChildContent!).Markup.Replace("&amp;", "&", StringComparison.Ordinal);
    }
}
