using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VibeDash.Server.Storage.Migrations
{
    /// <inheritdoc />
    public partial class MinutesInIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Segments_SensorKey_Start",
                table: "Segments");

            migrationBuilder.CreateIndex(
                name: "IX_Segments_Range",
                table: "Segments",
                columns: new[] { "SensorKey", "Start", "Id", "End", "Minutes" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Segments_Range",
                table: "Segments");

            migrationBuilder.CreateIndex(
                name: "IX_Segments_SensorKey_Start",
                table: "Segments",
                columns: new[] { "SensorKey", "Start" });
        }
    }
}
