using ArchUnitNET.Domain;
using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Client.Ui;
using VibeDash.Core.Readings;
using VibeDash.Server.Startup;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace VibeDash.Server.Tests.House;

/// <summary>The rooms (folders) of the three main projects import each other one way; docs/architecture.md draws them.</summary>
public sealed class RoomTests
{
    private static readonly Architecture House = new ArchLoader()
        .LoadAssemblies(
            typeof(StartupException).Assembly, typeof(WallClock).Assembly, typeof(SensorId).Assembly,
            typeof(SqliteConnection).Assembly, typeof(SQLitePCL.raw).Assembly, typeof(RelationalDatabaseFacadeExtensions).Assembly)
        .Build();

    [Theory]
    [InlineData("VibeDash.Core.(*)..")]
    [InlineData("VibeDash.Client.(*)..")]
    [InlineData("VibeDash.Server.(*)..")]
    public void Rooms_import_each_other_one_way(string rooms) => SliceRuleDefinition.Slices().Matching(rooms).Should().BeFreeOfCycles().Check(House);

    [Fact]
    public void Only_storage_knows_the_database() => Types().That()
        .ResideInNamespaceMatching(@"^VibeDash\.").And().DoNotResideInNamespaceMatching(@"^VibeDash\.Server\.Storage")
        .Should().NotDependOnAny(Types().That()
            .ResideInNamespaceMatching(@"^(Microsoft\.Data\.Sqlite|SQLitePCL)")
            .Or().Are(typeof(RelationalDatabaseFacadeExtensions), typeof(RelationalQueryableExtensions)))
        .Check(House);
}
