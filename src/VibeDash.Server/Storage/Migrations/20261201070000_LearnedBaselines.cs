using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VibeDash.Server.Storage.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(VibeDashContext))]
    [Migration("20261201070000_LearnedBaselines")]
    public partial class LearnedBaselines : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>("BaselineReadings", "Sensors", "INTEGER", nullable: true);
            migrationBuilder.AddColumn<double>("BaselineRunLevel", "Sensors", "REAL", nullable: true);
            migrationBuilder.AddColumn<int>("LearnReadings", "Sensors", "INTEGER", nullable: true);
            migrationBuilder.AddColumn<double>("LearnHours", "Sensors", "REAL", nullable: true);
            migrationBuilder.AddColumn<double>("RunLevel", "Sensors", "REAL", nullable: true);
            migrationBuilder.AddColumn<string>("RunLevelUnit", "Sensors", "TEXT", nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var column in new[] { "RunLevelUnit", "RunLevel", "LearnHours", "LearnReadings", "BaselineRunLevel", "BaselineReadings" })
                migrationBuilder.Sql($"ALTER TABLE Sensors DROP COLUMN {column};");
        }
    }
}
