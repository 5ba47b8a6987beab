using VibeDash.Core.People;

namespace VibeDash.Core.Tests.People;

public sealed class TopicFilterTests
{
    [Theory]
    [InlineData("sensors/VB-1/#", true)]
    [InlineData("#", true)]
    [InlineData("+/+", true)]
    [InlineData("a//b", true)]
    [InlineData("", false)]
    [InlineData("a/#/b", false)]
    [InlineData("a/b#", false)]
    [InlineData("a+/b", false)]
    [InlineData("a/\0", false)]
    public void A_wildcard_is_a_whole_level_and_the_last_is_for_all_that_follow(string filter, bool isValid) => TopicFilter.IsValid(filter).ShouldBe(isValid);

    [Theory]
    [InlineData("sensors/VB-1/#", "sensors/VB-1/vibration", true)]
    [InlineData("sensors/VB-1/#", "sensors/VB-1", true)]
    [InlineData("sensors/VB-1/#", "sensors/VB-11/vibration", false)]
    [InlineData("sensors/VB-1/#", "sensors", false)]
    [InlineData("sensors/+/vibration", "sensors/VB-1/vibration", true)]
    [InlineData("sensors/+/vibration", "sensors/VB-1/status", false)]
    [InlineData("sensors/+/vibration", "sensors/+/vibration", true)]
    [InlineData("sensors/+/vibration", "sensors/#", false)]
    [InlineData("sensors/+/#", "sensors/#", false)]
    [InlineData("sensors/VB-1", "sensors/+", false)]
    [InlineData("sensors/#", "sensors/+/vibration", true)]
    [InlineData("#", "$SYS/uptime", false)]
    [InlineData("+/uptime", "$SYS/uptime", false)]
    [InlineData("a/+", "a/", true)]
    [InlineData("a", "A", false)]
    public void A_filter_covers_topics_and_filters(string outer, string inner, bool covers) => TopicFilter.Covers(outer, inner).ShouldBe(covers);

    [Fact]
    public void Each_role_may_do_all_that_the_one_before_may()
    {
        var roles = Enum.GetValues<Role>();
        foreach (var (less, more) in roles.Zip(roles.Skip(1)))
            RolePermissions.Of(less).ShouldBeSubsetOf(RolePermissions.Of(more));
        RolePermissions.Of(Role.Administrator).ShouldBe(Enum.GetValues<Permission>(), ignoreOrder: true);
        RolePermissions.Of(Role.Viewer).ShouldBe([Permission.View]);
    }
}
