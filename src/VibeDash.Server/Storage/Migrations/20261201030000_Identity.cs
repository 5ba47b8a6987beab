using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VibeDash.Server.Storage.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(VibeDashContext))]
    [Migration("20261201030000_Identity")]
    public partial class Identity : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Detail",
                table: "Commands",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "DeadLetterGroups",
                columns: table => new
                {
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    Topic = table.Column<string>(type: "TEXT", nullable: false),
                    Dropped = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeadLetterGroups", x => new { x.Reason, x.Topic });
                });

            migrationBuilder.CreateTable(
                name: "RemovedSensors",
                columns: table => new
                {
                    Key = table.Column<int>(type: "INTEGER", nullable: false),
                    SensorId = table.Column<string>(type: "TEXT", nullable: false),
                    LastAlertId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RemovedSensors", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "SensorAliases",
                columns: table => new
                {
                    Alias = table.Column<string>(type: "TEXT", nullable: false),
                    SensorKey = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SensorAliases", x => x.Alias);
                });

            migrationBuilder.CreateIndex(
                name: "IX_DeadLetters_Reason_Topic",
                table: "DeadLetters",
                columns: new[] { "Reason", "Topic" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_DeadLetters_Reason_Topic",
                table: "DeadLetters");

            migrationBuilder.DropTable(
                name: "SensorAliases");

            migrationBuilder.DropTable(
                name: "RemovedSensors");

            migrationBuilder.DropTable(
                name: "DeadLetterGroups");

            migrationBuilder.Sql("ALTER TABLE Commands DROP COLUMN Detail;");
        }
    }
}
