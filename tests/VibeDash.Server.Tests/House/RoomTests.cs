using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Client.Ui;
using VibeDash.Core.Readings;
using VibeDash.Server.Startup;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace VibeDash.Server.Tests.House;

/// <summary>The rooms (top folders) of the three main projects import each other one way; docs/architecture.md draws them.</summary>
public sealed class RoomTests
{
    private static readonly Architecture House = new ArchLoader()
        .LoadAssemblies(
            typeof(StartupException).Assembly, typeof(WallClock).Assembly, typeof(SensorId).Assembly,
            typeof(SqliteConnection).Assembly, typeof(SQLitePCL.raw).Assembly, typeof(RelationalDatabaseFacadeExtensions).Assembly)
        .Build();

    [Theory]
    [InlineData("VibeDash.Core", "Contract", "Alerts")]
    [InlineData("VibeDash.Client", "Sensors", "Ui")]
    [InlineData("VibeDash.Server", "Notes", "Pipeline")]
    public void Rooms_import_each_other_one_way(string project, string room, string imports)
    {
        var rooms = RoomGraph.Of(House, project);

        rooms.Circles().ShouldBeEmpty();

        // A graph without edges would have no cycle, either.
        rooms.Imports(room).ShouldContain(imports);
    }

    [Fact]
    public void A_circle_is_found_and_names_a_type_for_each_import()
    {
        var rooms = new RoomGraph([("Notes", "Pipeline", "NoteCommand"), ("Pipeline", "Storage", "EventLoop"), ("Storage", "Notes", "NoteRow"), ("Live", "Notes", "LiveHub")]);

        rooms.Circles().ShouldHaveSingleItem().ShouldBe("Notes -> Pipeline (NoteCommand), Pipeline -> Storage (EventLoop), Storage -> Notes (NoteRow)");
    }

    [Fact]
    public void Only_storage_knows_the_database() => Types().That()
        .ResideInNamespaceMatching(@"^VibeDash\.").And().DoNotResideInNamespaceMatching(@"^VibeDash\.Server\.Storage")
        .Should().NotDependOnAny(Types().That()
            .ResideInNamespaceMatching(@"^(Microsoft\.Data\.Sqlite|SQLitePCL)")
            .Or().Are(typeof(RelationalDatabaseFacadeExtensions), typeof(SqliteDbContextOptionsBuilderExtensions)))
        .Check(House);
}
