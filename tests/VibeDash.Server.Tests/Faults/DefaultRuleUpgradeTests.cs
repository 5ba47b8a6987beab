using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Tests.Faults;

/// <summary>A database of an earlier version, in which one reading was enough for Critical.</summary>
public sealed class DefaultRuleUpgradeTests : IDisposable
{
    // As that version stored it.
    private const string Former =
        """
        {"name":"Level against baseline","scope":{"kind":"All","value":""},"condition":{"kind":"BaselineMultiple","direction":"Either","isRelative":false,"isInclusive":false},"tiers":[{"severity":"Warning","threshold":2,"recovery":1.8,"onDelay":{"readings":3,"time":"00:00:00"}},{"severity":"Critical","threshold":3,"recovery":2.7,"onDelay":{"readings":1,"time":"00:00:00"}}],"isEnabled":true,"id":1,"version":1,"offDelay":{"readings":1,"time":"00:00:00"}}
        """;

    private readonly DatabaseFolder _database = new();

    public DefaultRuleUpgradeTests() => _database.Start();

    [Fact]
    public void The_default_rule_that_nobody_edited_has_a_new_version_once()
    {
        Write($"UPDATE AlertRules SET Definition = {Former} WHERE Id = 1");
        _database.Start();
        _database.Start();

        var versions = Versions();
        versions.Select(row => (row.Version, row.IsCurrent, row.ChangedBy)).ShouldBe([(1, false, null), (2, true, "VibeDash")]);
        versions[0].ToRule().Tiers[1].ShouldBe(new AlertTier(Severity.Critical, 3, 2.7, AlertDelay.AtOnce));
        versions[1].ToRule().ShouldBe(AlertRule.Defaults[0] with { Version = 2, Note = DefaultRuleUpgrade.Note });
    }

    [Fact]
    public void A_new_installation_has_one_version()
    {
        _database.Start();

        var rule = Versions().ShouldHaveSingleItem();
        (rule.Version, rule.IsCurrent, rule.ChangedBy).ShouldBe((1, true, null));
        rule.ToRule().ShouldBe(AlertRule.Defaults[0]);
    }

    [Theory]
    [InlineData("\"threshold\":3", "\"threshold\":4")]
    [InlineData("\"isEnabled\":true", "\"isEnabled\":false")]
    [InlineData("\"name\":\"Level against baseline\"", "\"name\":\"Mine\"")]
    public void One_with_other_content_stays_as_it_is(string part, string other)
    {
        Former.ShouldContain(part);
        var edited = Former.Replace(part, other, StringComparison.Ordinal);
        Write($"UPDATE AlertRules SET Definition = {edited} WHERE Id = 1");

        _database.Start();

        Versions().ShouldHaveSingleItem().Definition.ShouldBe(edited);
    }

    [Fact]
    public void One_that_a_person_edited_back_stays_as_it_is()
    {
        Write($"UPDATE AlertRules SET Definition = {Former}, Version = 3, ChangedBy = 'Ada' WHERE Id = 1");

        _database.Start();

        Versions().ShouldHaveSingleItem().Version.ShouldBe(3);
    }

    [Fact]
    public void One_that_is_deleted_stays_deleted()
    {
        Write($"UPDATE AlertRules SET Definition = {Former}, IsCurrent = 0 WHERE Id = 1");

        _database.Start();

        Versions().ShouldHaveSingleItem().IsCurrent.ShouldBeFalse();
    }

    public void Dispose() => _database.Dispose();

    private void Write(FormattableString sql)
    {
        using var context = _database.CreateDbContext();
        context.Database.ExecuteSql(sql).ShouldBe(1);
    }

    private AlertRuleRow[] Versions()
    {
        using var context = _database.CreateDbContext();
        return [.. context.AlertRules.AsNoTracking().Where(row => row.Id == 1).OrderBy(row => row.Version)];
    }
}
