using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VibeDash.Server.Storage.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(VibeDashContext))]
    [Migration("20261201020000_SensorUnits")]
    public class SensorUnits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "SensorUnits",
                columns: table => new
                {
                    SensorKey = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Unit = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table => table.PrimaryKey("PK_SensorUnits", row => new { row.SensorKey, row.From }));

            // Tells that the changes before are still to be found: PastUnits.
            migrationBuilder.Sql("INSERT INTO SensorUnits (SensorKey, \"From\", Unit) SELECT 0, 0, '' WHERE EXISTS (SELECT 1 FROM Sensors)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "SensorUnits");
    }
}
