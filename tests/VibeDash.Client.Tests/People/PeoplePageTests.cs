using Bunit;
using NSubstitute;
using VibeDash.Client.People;
using VibeDash.Client.Shell;
using VibeDash.Core.Contract;
using VibeDash.Core.People;

namespace VibeDash.Client.Tests.People;

public sealed class PeoplePageTests : PageTest
{
    private static readonly PersonAccount Eve = new("1", "Eve", Role.Technician, IsBlocked: false, HasSecondFactor: false, Some.Time, Sessions: 2);

    private static readonly AccessKey Historian = new("vd_1", "Historian", [Permission.View])
    {
        PublishFilter = "sensors/#", CreatedBy = "Ada", CreatedAt = Some.Time,
    };

    [Fact]
    public void People_and_keys_are_listed_with_what_they_may_do()
    {
        var page = OpenPage();

        page.Find("tbody th").TextContent.Trim().ShouldBe("Eve");
        page.Markup.ShouldContain("in 2 browsers");
        page.FindAll("tbody")[1].TextContent.ShouldContain("read, publish sensors/#");
    }

    [Fact]
    public void A_role_is_changed_and_a_refusal_is_told()
    {
        Api.ChangePersonAsync("1", Arg.Any<PersonEdit>(), Arg.Any<CancellationToken>()).Returns(Some.Refused<PersonAccount>(RefusalCode.LastAdministrator));
        var page = OpenPage();

        page.Find("select[aria-label='Role of Eve']").Change(nameof(Role.Viewer));

        Api.Received(1).ChangePersonAsync("1", new() { Role = Role.Viewer }, Arg.Any<CancellationToken>());
        page.Find("main .fault").TextContent.ShouldStartWith("Nobody else may administer people");
    }

    [Fact]
    public void Places_are_shown_and_changed_but_not_of_an_administrator()
    {
        var limited = Eve with { Places = ["Hall 1", "Hall 2, Line 1"] };
        PersonEdit? sent = null;
        Api.ChangePersonAsync("1", Arg.Do<PersonEdit>(edit => sent = edit), Arg.Any<CancellationToken>()).Returns(Some.Done(limited));
        var page = OpenPage(limited, Eve with { Id = "2", Name = "Ada", Role = Role.Administrator });

        page.Find("details.places summary").TextContent.ShouldBe("Places of Eve: Hall 1; Hall 2, Line 1");
        page.FindAll("details.places").Count.ShouldBe(1);
        page.Find("details.places textarea").Change(" Hall 3 \n\nHall 4");
        page.Find("details.places button").Click();

        sent!.Places.ShouldBe(["Hall 3", "Hall 4"]);
    }

    [Fact]
    public void The_role_of_a_person_who_signs_in_with_a_provider_is_shown_and_cannot_be_changed()
    {
        var page = OpenPage(Eve with { Provider = "Plant login" });

        page.FindAll("select[aria-label='Role of Eve']").ShouldBeEmpty();
        page.Find("td[data-label=Role]").TextContent.Trim().ShouldBe("Technician from Plant login");
        page.FindAll("button[aria-label='Lock out Eve']").ShouldHaveSingleItem();
    }

    [Fact]
    public void Passkeys_are_removed_where_there_are_any()
    {
        Api.ChangePersonAsync("1", Arg.Any<PersonEdit>(), Arg.Any<CancellationToken>()).Returns(Some.Done(Eve));
        OpenPage().FindAll("button[aria-label='Remove the passkeys of Eve']").ShouldBeEmpty();
        var page = OpenPage(Eve with { Passkeys = 1 });

        page.Find("button[aria-label='Remove the passkeys of Eve']").Click();
        page.Find(".confirm .is-danger").Click();

        Api.Received(1).ChangePersonAsync("1", new() { HasPasskeys = false }, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Locking_out_asks_first()
    {
        Api.ChangePersonAsync("1", Arg.Any<PersonEdit>(), Arg.Any<CancellationToken>()).Returns(Some.Done(Eve with { IsBlocked = true }));
        var page = OpenPage();

        page.Find("button[aria-label='Lock out Eve']").Click();
        Api.DidNotReceiveWithAnyArgs().ChangePersonAsync(null!, null!, Xunit.TestContext.Current.CancellationToken);
        page.Find(".confirm .is-danger").Click();

        Api.Received(1).ChangePersonAsync("1", new() { IsBlocked = true }, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void A_short_password_is_not_sent()
    {
        var page = OpenPage();
        page.Find("form[aria-label='Add a person'] input[type=text]").Change("Bob");
        page.Find("form[aria-label='Add a person'] input[type=password]").Change("short");
        page.Find("form[aria-label='Add a person']").Submit();

        page.Find("main .fault").TextContent.ShouldBe("A password has 12 to 200 characters.");
        Api.DidNotReceiveWithAnyArgs().AddPersonAsync(null!, Xunit.TestContext.Current.CancellationToken);
    }

    [Fact]
    public void The_secret_of_a_key_is_shown_until_it_is_taken()
    {
        Api.MakeKeyAsync(Arg.Any<NewAccessKey>(), Arg.Any<CancellationToken>()).Returns(Some.Done(new MadeAccessKey(Historian, "vd_1.secret")));
        var page = OpenPage();
        page.Find("form[aria-label='Make a key'] input").Change("Historian");
        page.Find("form[aria-label='Make a key']").Submit();

        Api.Received(1).MakeKeyAsync(Arg.Is<NewAccessKey>(key => key.Name == "Historian" && key.Permissions.Single() == Permission.SendEvents && key.ExpiresAt == null), Arg.Any<CancellationToken>());
        page.Find("code.secret").TextContent.ShouldBe("vd_1.secret");
        page.FindAll("button").Single(button => button.TextContent == "I have it").Click();
        page.Markup.ShouldNotContain("vd_1.secret");
    }

    private IRenderedComponent<MainLayout> OpenPage(params PersonAccount[] people)
    {
        Api.GetPeopleAsync(Arg.Any<CancellationToken>()).Returns(people is [] ? [Eve] : people);
        Api.GetKeysAsync(Arg.Any<CancellationToken>()).Returns([Historian]);
        return Open<PeoplePage>(Some.Fleet());
    }
}
