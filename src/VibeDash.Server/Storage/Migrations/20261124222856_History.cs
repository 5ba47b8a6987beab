using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VibeDash.Server.Storage.Migrations
{
    /// <inheritdoc />
    public partial class History : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Without rowid, as the readings.
            migrationBuilder.Sql(
                """
                CREATE TABLE "Rollups" (
                    "SensorKey" INTEGER NOT NULL,
                    "Tier" INTEGER NOT NULL,
                    "Bucket" INTEGER NOT NULL,
                    "Count" INTEGER NOT NULL,
                    "Min" REAL NOT NULL,
                    "Max" REAL NOT NULL,
                    "Sum" REAL NOT NULL,
                    "Last" REAL NOT NULL,
                    "LastAt" INTEGER NOT NULL,
                    CONSTRAINT "PK_Rollups" PRIMARY KEY ("SensorKey", "Tier", "Bucket")
                ) WITHOUT ROWID
                """);

            migrationBuilder.CreateTable(
                name: "Segments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    SensorKey = table.Column<int>(type: "INTEGER", nullable: false),
                    Start = table.Column<long>(type: "INTEGER", nullable: false),
                    End = table.Column<long>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Minutes = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Readings = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Segments", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Segments_Minutes",
                table: "Segments",
                column: "End",
                filter: "Minutes IS NOT NULL AND Readings IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Segments_Readings",
                table: "Segments",
                column: "End",
                filter: "Readings IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Segments_SensorKey_Start",
                table: "Segments",
                columns: new[] { "SensorKey", "Start" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Rollups");

            migrationBuilder.DropTable(
                name: "Segments");
        }
    }
}
